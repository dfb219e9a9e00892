package dev.portcullis.profile.apparmor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.docker.compose.Surroundings;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.inspection.WorkloadDocuments;
import dev.portcullis.profile.Needs;
import dev.portcullis.profile.ProfileException;
import dev.portcullis.profile.ProfileName;
import dev.portcullis.testing.AppArmorParser;
import dev.portcullis.workload.Workload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever is in names, paths, globs and manifests, AppArmor's parser takes what is made of them, or they are refused. */
class GeneratedProfilesTest {
    private static final long SEED = 20_261_129;
    private static final int ACCEPTED = 10_000;

    /** In one file, so that the parser starts and reads what AppArmor brings along seldom. */
    private static final int IN_A_FILE = 1_000;

    /** Most of the parser's time goes to what this brings, the same in each profile. */
    private static final String BASE = "  include <abstractions/base>\n";

    /** Pieces that mean something to AppArmor, to TOML, to a shell or to people. */
    private static final List<String> PIECES = List.of(
            "a",
            "tmp",
            "var",
            "nginx.pid",
            "/",
            "/",
            "/",
            "/",
            "//",
            ".",
            "..",
            "*",
            "**",
            "?",
            "[",
            "]",
            "[^",
            "[a-z]",
            "[z-a]",
            "{",
            "}",
            ",",
            "{a,b}",
            "@",
            "@{",
            "@{PROC}",
            "@{pid}",
            "@{x}",
            "\\",
            "\\\\",
            "\"",
            "'",
            "#",
            " ",
            "\t",
            "\n",
            "\r",
            "\0",
            "}\nprofile evil {",
            ",\n capability,",
            " rwx,",
            "é",
            "漢",
            "\u202e",
            "\ud83d\ude00",
            "\ud800",
            "$(id)",
            "`id`",
            "^",
            "!",
            "=",
            "->",
            "ix",
            "~",
            "%",
            "&",
            ";",
            ":",
            "<",
            ">",
            "|",
            "-",
            "+",
            "x".repeat(300));

    private final Random random = new Random(SEED);
    private final ObjectNode root = JsonMapper.shared().createObjectNode();
    private int refused;
    private int paths;

    @BeforeEach
    void requireParser() {
        AppArmorParser.require();
    }

    @Test
    void isTakenOrRefused() {
        Map<String, Integer> accepted = new TreeMap<>();
        List<String> batch = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; sum(accepted) < ACCEPTED; i++) {
            String name = (random.nextInt(10) == 0 ? generated("") : "generated") + "-" + i;
            String kind = List.of("bane", "create", "pod").get(i % 3);
            paths = 0;
            try {
                String text = text(kind, name);
                if (paths == 0) {
                    // Nothing in it that could go wrong.
                    continue;
                }
                assertThat(text.lines().map(String::strip)).as(text).doesNotContain("capability,", "profile evil {");
                batch.add(
                        batch.isEmpty()
                                ? text
                                : text.substring(text.indexOf("\nprofile ")).replace(BASE, ""));
                names.add(name);
                accepted.merge(kind, 1, Integer::sum);
            } catch (ProfileException | UnreadableException | IllegalArgumentException told) {
                assertThat(told.getMessage()).contains(": ");
                refused++;
            }
            if (batch.size() == IN_A_FILE) {
                feed(batch, names);
            }
        }
        assertThat(sum(accepted)).isEqualTo(ACCEPTED);
        assertThat(accepted)
                .hasSize(3)
                .allSatisfy((kind, count) -> assertThat(count).isGreaterThan(ACCEPTED / 10));
        assertThat(refused).isGreaterThan(ACCEPTED / 10);
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static void feed(List<String> batch, List<String> names) {
        String text = String.join("\n", batch);
        assertThat(AppArmorParser.problem(text)).isEmpty();
        assertThat(AppArmorParser.names(text)).containsExactlyInAnyOrderElementsOf(names);
        batch.clear();
        names.clear();
    }

    private String generated(String begin) {
        StringBuilder text = new StringBuilder(begin);
        int pieces = 1 + random.nextInt(6);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private String path() {
        paths++;
        return generated(random.nextInt(20) == 0 ? "" : "/");
    }

    private List<String> some(int most) {
        List<String> paths = new ArrayList<>();
        for (int count = random.nextInt(most + 1); count > 0; count--) {
            paths.add(path());
        }
        return paths;
    }

    private String text(String kind, String name) throws ProfileException, UnreadableException {
        AppArmorProfiles profiles = new AppArmorProfiles(
                random.nextBoolean() ? Style.ALLOW_LIST : Style.DOCKER_DEFAULT,
                random.nextInt(4) == 0 ? Mode.complain : Mode.enforce,
                Abi.V3,
                some(1),
                some(1),
                some(1));
        ProfileName checked = ProfileName.of("name", name);
        if (kind.equals("bane")) {
            profiles.addBane(generated(""), toml(), checked);
        } else {
            JsonNode document = kind.equals("pod") ? pod() : create();
            byte[] json = JsonMapper.shared().writeValueAsBytes(document);
            Workload workload =
                    WorkloadDocuments.read("generated", json, Surroundings.NONE).getFirst();
            profiles.add(checked, Needs.of(workload, workload.containers().getFirst()));
        }
        return profiles.text();
    }

    private byte[] toml() {
        StringBuilder text = new StringBuilder("[Filesystem]\n");
        for (String key : List.of("ReadOnlyPaths", "WritablePaths", "AllowExec", "DenyExec", "LogOnWritePaths")) {
            text.append(key).append(" = [");
            some(1).forEach(path -> text.append(quoted(path)).append(", "));
            text.append("]\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A basic string of TOML. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private ObjectNode create() {
        ObjectNode body = root.objectNode().put("Image", generated(""));
        body.putObject("ExposedPorts").putObject(random.nextInt(70_000) + "/" + generated(""));
        ObjectNode host = body.putObject("HostConfig").put("ReadonlyRootfs", random.nextBoolean());
        ArrayNode mounts = host.putArray("Mounts");
        for (String target : some(3)) {
            mounts.addObject()
                    .put("Type", "bind")
                    .put("Source", path())
                    .put("Target", target)
                    .put("ReadOnly", random.nextBoolean());
        }
        return body;
    }

    private ObjectNode pod() {
        ObjectNode pod = root.objectNode().put("apiVersion", "v1").put("kind", "Pod");
        pod.putObject("metadata").put("name", generated("")).put("namespace", generated(""));
        ObjectNode spec = pod.putObject("spec");
        ObjectNode container = spec.putArray("containers").addObject();
        container.put("name", generated("")).put("image", generated(""));
        container.putObject("securityContext").put("readOnlyRootFilesystem", random.nextBoolean());
        container
                .putArray("ports")
                .addObject()
                .put("containerPort", random.nextInt())
                .put("protocol", generated(""));
        ArrayNode mounts = container.putArray("volumeMounts");
        ArrayNode volumes = spec.putArray("volumes");
        for (String path : some(3)) {
            String name = generated("");
            mounts.addObject().put("name", name).put("mountPath", path).put("readOnly", random.nextBoolean());
            ObjectNode volume = volumes.addObject().put("name", name);
            if (random.nextBoolean()) {
                volume.putObject(generated(""));
            } else {
                volume.putObject("hostPath").put("path", path());
            }
        }
        return pod;
    }
}

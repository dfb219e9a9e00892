package dev.portcullis.profile.apparmor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.docker.DockerReader;
import dev.portcullis.docker.MalformedBodyException;
import dev.portcullis.profile.Needs;
import dev.portcullis.profile.ProfileException;
import dev.portcullis.profile.ProfileName;
import dev.portcullis.testing.AppArmorParser;
import dev.portcullis.workload.Workload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever is in names and paths, AppArmor's parser takes what is made of them, or they are refused. */
class GeneratedProfilesTest {
    private static final long SEED = 20_261_129;
    private static final int INPUTS = 10_000;
    private static final int PATHS_A_PROFILE = 16;

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
    private int refused;
    private int taken;

    @BeforeEach
    void requireParser() {
        AppArmorParser.require();
    }

    @Test
    void isTakenOrRefused() throws ProfileException, MalformedBodyException {
        List<String> batch = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; refused + taken < INPUTS; i++) {
            String name = "generated-" + i;
            Style style = i % 4 < 2 ? Style.ALLOW_LIST : Style.DOCKER_DEFAULT;
            AppArmorProfiles profiles = new AppArmorProfiles(
                    style, i % 8 < 4 ? Mode.enforce : Mode.complain, Abi.V3, List.of(), List.of(), List.of());
            if (i % 2 == 0) {
                bane(profiles, name);
            } else {
                container(profiles, name);
            }
            batch.add(withoutPreamble(profiles.text(), batch.isEmpty()));
            expected.add(name);
        }
        String text = String.join("\n", batch);
        assertThat(AppArmorParser.problem(text)).isEmpty();
        assertThat(AppArmorParser.names(text)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(refused).isBetween(INPUTS / 10, INPUTS * 9 / 10);
    }

    /** What stands once in a file that holds many. */
    private static String withoutPreamble(String text, boolean first) {
        return first ? text : text.substring(text.indexOf("\nprofile "));
    }

    private String generated() {
        StringBuilder text = new StringBuilder(random.nextInt(20) == 0 ? "" : "/");
        int pieces = 1 + random.nextInt(8);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    /** Each path is tried alone first, since one that is refused leaves no profile. */
    private void bane(AppArmorProfiles profiles, String name) throws ProfileException {
        List<List<String>> lists = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < PATHS_A_PROFILE; i++) {
            String path = generated();
            int kind = random.nextInt(lists.size());
            lists.get(kind).add(path);
            if (isRefused(Style.DOCKER_DEFAULT, lists) || isRefused(Style.ALLOW_LIST, lists)) {
                lists.get(kind).removeLast();
                refused++;
            } else {
                taken++;
            }
        }
        profiles.addBane("generated", toml(lists), ProfileName.of("name", name));
    }

    private static boolean isRefused(Style style, List<List<String>> lists) {
        try {
            AppArmorProfiles profiles =
                    new AppArmorProfiles(style, Mode.enforce, Abi.V3, List.of(), List.of(), List.of());
            profiles.addBane("generated", toml(lists), ProfileName.of("name", "tried"));
            profiles.text();
            return false;
        } catch (ProfileException told) {
            assertThat(told).hasMessageContaining(": ").message().hasSizeLessThan(401);
            return true;
        }
    }

    private static byte[] toml(List<List<String>> lists) {
        List<String> keys = List.of("ReadOnlyPaths", "WritablePaths", "AllowExec", "LogOnWritePaths");
        StringBuilder text = new StringBuilder("[Filesystem]\n");
        for (int i = 0; i < keys.size(); i++) {
            text.append(keys.get(i)).append(" = [");
            lists.get(i).forEach(path -> text.append(quoted(path)).append(", "));
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

    private void container(AppArmorProfiles profiles, String name) throws ProfileException, MalformedBodyException {
        List<String> targets = new ArrayList<>();
        for (int i = 0; i < PATHS_A_PROFILE; i++) {
            targets.add(generated());
            try {
                AppArmorProfiles tried = new AppArmorProfiles(
                        Style.DOCKER_DEFAULT, Mode.enforce, Abi.V3, List.of(), List.of(), List.of());
                tried.add(ProfileName.of("name", "tried"), needs(targets));
                tried.text();
                taken++;
            } catch (ProfileException | MalformedBodyException told) {
                targets.removeLast();
                refused++;
            }
        }
        profiles.add(ProfileName.of("name", name), needs(targets));
    }

    private Needs needs(List<String> targets) throws ProfileException, MalformedBodyException {
        ObjectNode body = JsonMapper.shared().createObjectNode().put("Image", "i");
        ObjectNode host = body.putObject("HostConfig").put("ReadonlyRootfs", true);
        ArrayNode mounts = host.putArray("Mounts");
        for (String target : targets) {
            mounts.addObject()
                    .put("Type", "bind")
                    .put("Source", target)
                    .put("Target", target)
                    .put("ReadOnly", target.length() % 2 == 0);
        }
        Workload workload = DockerReader.read(body, null);
        return Needs.of(workload, workload.containers().getFirst());
    }
}

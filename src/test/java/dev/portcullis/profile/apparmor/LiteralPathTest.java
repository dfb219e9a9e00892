package dev.portcullis.profile.apparmor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.docker.DockerReader;
import dev.portcullis.docker.MalformedBodyException;
import dev.portcullis.profile.Needs;
import dev.portcullis.profile.ProfileException;
import dev.portcullis.profile.ProfileName;
import dev.portcullis.testing.AppArmorParser;
import dev.portcullis.testing.AppArmorParser.Automaton;
import dev.portcullis.workload.Workload;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Where a container mounts something, it may write there and nowhere else, whatever characters the path has. */
class LiteralPathTest {
    @BeforeEach
    void requireParser() {
        AppArmorParser.require();
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void aPathMeansItselfAlone(Style style) throws ProfileException, MalformedBodyException {
        List<String> paths = List.of(
                "/a*b",
                "/a?b",
                "/a[bc]d",
                "/a{b,c}d",
                "/a b",
                "/a\"b",
                "/a\\b",
                "/a@{PROC}b",
                "/a^b",
                "/a,b",
                "/a#b",
                "/a'b",
                "/a$(id)b",
                "/a//b",
                "/@{x}",
                "/a-b",
                "/a]b",
                "/a^-]b");
        for (String path : paths) {
            meansItselfAlone(style, path);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a\u00e9b", "/a\u6f22b", "/a\ud83d\ude00b"})
    void aPathBeyondAsciiMeansItselfWhereNothingMustBeCarved(String path)
            throws ProfileException, MalformedBodyException {
        meansItselfAlone(Style.ALLOW_LIST, path);
        assertThatThrownBy(() -> meansItselfAlone(Style.DOCKER_DEFAULT, path))
                .hasMessageContaining("use --style allow-list");
    }

    private static void meansItselfAlone(Style style, String path) throws ProfileException, MalformedBodyException {
        AppArmorProfiles profiles = new AppArmorProfiles(style, Mode.enforce, Abi.V3, List.of(), List.of(), List.of());
        ObjectNode body = JsonMapper.shared().createObjectNode().put("Image", "i");
        body.putObject("HostConfig")
                .put("ReadonlyRootfs", true)
                .putArray("Mounts")
                .addObject()
                .put("Type", "volume")
                .put("Source", "v")
                .put("Target", path);
        Workload workload = DockerReader.read(body, null);
        profiles.add(
                ProfileName.of("name", "literal"),
                Needs.of(workload, workload.containers().getFirst()));
        Automaton ours = AppArmorParser.automaton(profiles.text());
        String meant = path.replace("//", "/");
        assertThat(ours.allows(meant, "rw")).as(profiles.text()).isTrue();
        assertThat(ours.allows(meant + "/below", "rw")).as(path).isTrue();
        List<String> others = List.of(
                "/aXb",
                "/ab",
                "/abd",
                "/acd",
                "/a/b/b",
                meant + "x",
                meant.substring(0, meant.length() - 1),
                "/x",
                "/a\u00e9");
        for (String other : others) {
            boolean below = other.equals(meant) || other.startsWith(meant + "/");
            assertThat(ours.allows(other, "w")).as(path + " " + other).isEqualTo(below);
        }
    }
}

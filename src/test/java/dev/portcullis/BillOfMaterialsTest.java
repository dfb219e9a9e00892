package dev.portcullis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The jar says what is in it, in CycloneDX: every dependency that it runs with, and none of the tests. */
final class BillOfMaterialsTest {
    private static final String FILE = "/META-INF/sbom/application.cdx.json";

    @Test
    void listsWhatTheJarRunsWith() throws IOException {
        JsonNode bill;
        try (var in = BillOfMaterialsTest.class.getResourceAsStream(FILE)) {
            bill = JsonMapper.shared().readTree(in);
        }
        JsonNode locked = JsonMapper.shared()
                .readTree(Files.readString(Path.of("dependencies-lock.json")))
                .path("dependencies");

        List<String> running = locked.valueStream()
                .filter(dependency -> !dependency.path("scope").asString("").equals("test"))
                .map(dependency -> name(dependency, "groupId", "artifactId"))
                .toList();

        assertThat(bill.path("bomFormat").asString("")).isEqualTo("CycloneDX");
        assertThat(bill.path("components").valueStream().map(component -> name(component, "group", "name")))
                .as("of the tests only what fabric8 would bring by itself")
                .filteredOn(component -> !component.startsWith("io.fabric8:zjsonpatch:"))
                .containsExactlyInAnyOrderElementsOf(running);
        assertThat(bill.path("components"))
                .allMatch(component -> component.path("hashes").size() > 0
                        && component.path("licenses").size() > 0);
    }

    private static String name(JsonNode part, String group, String artifact) {
        return part.path(group).asString("") + ":" + part.path(artifact).asString("") + ":"
                + part.path("version").asString("");
    }
}

package dev.portcullis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

class FingerprintTest {
    private static JsonNode tree(String json) {
        return JsonMapper.shared().readTree(json);
    }

    private static long of(String json) {
        return Fingerprint.of("at", tree(json));
    }

    @Test
    void theOrderOfMembersAndWhatIsLeftOutDoNotCount() {
        assertThat(of("{\"a\": 1, \"b\": {\"c\": [1, {\"d\": true, \"at\": 5}], \"at\": \"noon\"}}"))
                .isEqualTo(of("{\"b\": {\"c\": [1, {\"at\": 6, \"d\": true}]}, \"a\": 1}"));
    }

    @Test
    void whateverElseDiffersCounts() {
        List<String> different = List.of(
                "{}",
                "[]",
                "[[]]",
                "[{}]",
                "\"\"",
                "\"a\"",
                "\"A\"",
                "\"ā\"",
                "1",
                "10",
                "\"1\"",
                "1.5",
                "true",
                "\"true\"",
                "[1, 2]",
                "[2, 1]",
                "[12]",
                "[[1], 2]",
                "[[1, 2]]",
                "{\"a\": {}}",
                "{\"a\": []}",
                "{\"a\": 1}",
                "{\"b\": 1}",
                "{\"a\": 1, \"b\": 1}",
                "{\"a\": {\"b\": 1}}",
                "{\"ab\": 1}",
                "\"" + "x".repeat(3_000) + "\"",
                "\"" + "x".repeat(3_001) + "\"");

        assertThat(different.stream().map(FingerprintTest::of)).doesNotHaveDuplicates();
    }

    @Test
    void textsAreToldApartByWhereTheyEnd() {
        assertThat(Fingerprint.of("ab", "c")).isNotEqualTo(Fingerprint.of("a", "bc"));
        assertThat(Fingerprint.of("ab", "c")).isEqualTo(Fingerprint.of("ab", "c"));
    }

    @Test
    void treesAreToldApartByTheirPlace() {
        JsonNode none = MissingNode.getInstance();
        JsonNode some = tree("{\"a\": 1}");

        assertThat(Fingerprint.of("", some, none)).isNotEqualTo(Fingerprint.of("", none, some));
    }
}

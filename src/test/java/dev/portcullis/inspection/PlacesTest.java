package dev.portcullis.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.check.Result;
import dev.portcullis.policy.Judged;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A finding's line and column lead to its field in the text, or to the nearest thing above it that is there. */
class PlacesTest {
    /** The places of what fails a check: {@code 3:5}. */
    private static List<String> places(String check, String text) {
        return Samples.inspect("x", text).stream()
                .map(inspection -> (Inspection.Judged) inspection)
                .flatMap(judged -> judged.report().findings().stream()
                        .map(Judged::finding)
                        .filter(finding -> finding.result() == Result.FAIL
                                && finding.check().id().equals(check))
                        .map(judged::placeOf))
                .map(place -> place == null ? "nowhere" : place.line() + ":" + place.column())
                .toList();
    }

    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              hostPID: true
              containers:
                - name: a
                  image: a:1
                  securityContext:
                    privileged: true
            """;

    @Test
    void ofADocument() {
        assertThat(places("privileged", POD)).containsExactly("10:21");
        assertThat(places("host-pid", POD)).containsExactly("5:12");
    }

    @Test
    void ofEveryDocumentOfAStream() {
        assertThat(places("privileged", "---\n" + POD + "---\n# another\n" + POD + "...\n---\n" + POD))
                .containsExactly("11:21", "23:21", "35:21");
    }

    @Test
    void ofEveryElementOfAList() {
        String list = "apiVersion: v1\nkind: List\nitems:\n- " + POD.indent(2).strip() + "\n- "
                + POD.indent(2).strip() + "\n";
        assertThat(places("privileged", list)).containsExactly("13:23", "23:23");
        assertThat(Samples.inspect("x", list).stream()
                        .map(inspection -> ((Inspection.Judged) inspection).start())
                        .map(start -> start == null ? 0 : start.line()))
                .containsExactly(4, 14);
    }

    @Test
    void ofJsonOnOneLine() {
        String pod =
                "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"spec\":{\"hostPID\":true,\"containers\":[{\"name\":\"a\",\"image\":\"é\uD83D\uDE00:1\",\"securityContext\":{\"privileged\":true}}]}}";
        assertThat(places("host-pid", pod)).containsExactly("1:" + columnOf(pod, "true,"));
        assertThat(places("privileged", pod)).containsExactly("1:" + columnOf(pod, "true}}]"));
        String list = "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[" + pod + ",\n\t" + pod + "]}";
        assertThat(places("host-pid", list))
                .containsExactly("1:" + columnOf(list, "true,"), "2:" + (1 + columnOf(pod, "true,")));
    }

    @Test
    void ofAContainerCreateBody() {
        String body =
                "{\"Image\": \"a:1\",\n \"HostConfig\": {\n  \"Binds\": [\"v:/v\", \"/etc:/etc\"],\n  \"Privileged\": true}}";
        assertThat(places("privileged", body)).containsExactly("4:17");
        assertThat(places("sensitive-host-paths", body)).containsExactly("3:21");
        assertThat(places("memory-limit", body)).containsExactly("2:16");
    }

    @Test
    void ofWhatAnAliasRepeatsAndAMergeKeyBrings() {
        String pod = """
                apiVersion: v1
                kind: Pod
                metadata: {name: a}
                spec:
                  containers:
                    - &first
                      name: a
                      image: a:1
                      securityContext: &loose {privileged: true}
                    - name: b
                      image: b:1
                      securityContext: *loose
                    - <<: *first
                      tty: true
                """;
        assertThat(places("privileged", pod)).containsExactly("9:44", "9:44", "9:44");
    }

    @Test
    void ofWhatIsMissingIsTheNearestThingAboveIt() {
        assertThat(places("memory-limit", POD)).containsExactly("7:7");
        assertThat(places("user-namespace", POD.replace("  hostPID: true\n", "")))
                .containsExactly("5:3");
        assertThat(places("seccomp-profile", POD.replace("      securityContext:\n        privileged: true\n", "")))
                .containsExactly("7:7");
        assertThat(places("seccomp-profile", POD.replace(":\n        privileged: true", ":")))
                .containsExactly("9:7");
    }

    @Test
    void countsLinesAlsoWhereTheyEndInCarriageReturns() {
        assertThat(places("privileged", POD.replace("\n", "\r\n"))).containsExactly("10:21");
        assertThat(places("privileged", POD.replace("\n", "\r\n") + "---\r\n" + POD.replace("\n", "\r\n")))
                .containsExactly("10:21", "21:21");
        String body = "{\"Image\": \"a:1\",\r\n \"HostConfig\": {\"Privileged\":\r\n true}}";
        assertThat(places("privileged", body)).containsExactly("3:2");
    }

    @Test
    void countsColumnsInCharactersHoweverWide() {
        String flow =
                "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: \"é\uD83D\uDE00\",\t\"securityContext\":\t{privileged: true}}]}\n";
        String line = flow.lines().skip(3).findFirst().orElseThrow();
        assertThat(places("privileged", flow)).containsExactly("4:" + columnOf(line, "true"));
    }

    /** In code points, from 1. */
    private static int columnOf(String text, String what) {
        return text.codePointCount(0, text.indexOf(what)) + 1;
    }

    @Test
    void ofAnUnreadableDocumentIsWhereItCannotBeRead() {
        List<Inspection> inspections = Samples.inspect("x", POD + "---\na: [1\n---\n" + POD);
        assertThat(inspections).hasSize(3);
        assertThat(Stream.of(inspections.get(1))
                        .map(inspection -> ((Inspection.Unreadable) inspection).place())
                        .map(place -> place == null ? 0 : place.line()))
                .containsExactly(13);
    }
}

package dev.portcullis.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.check.Severity;
import dev.portcullis.history.Decision;
import dev.portcullis.history.RecordedFinding;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static Selection selection(@Nullable Severity severity, Set<String> checks, String... modes) {
        return new Selection(
                List.of("shop*"), List.of("shop-dev"), checks, severity, Set.of(modes), Set.of("admission"));
    }

    private static Decision decision(String source, String namespace, String outcome, RecordedFinding... findings) {
        return new Decision(
                1,
                Told.NOON,
                source,
                "uid",
                outcome,
                "c1",
                "CREATE",
                "ann",
                "Pod",
                namespace,
                "web-1",
                "Deployment",
                "web",
                "v1",
                1,
                "",
                List.of(findings));
    }

    @Test
    void tellsOfThatForWhichAllOfItHolds() {
        RecordedFinding high = Told.finding("host-pid", "enforce", "high", "");
        RecordedFinding low = Told.finding("image-tag", "enforce", "low", "");
        Selection selection = selection(Severity.HIGH, Set.of(), "enforce");

        assertThat(selection
                        .of(decision("admission", "shop", "deny", high, low))
                        .orElseThrow()
                        .checks())
                .containsExactly("host-pid");
        assertThat(selection.of(decision("admission", "shop", "deny", low))).isEmpty();
        assertThat(selection.of(decision("docker", "shop", "deny", high))).isEmpty();
        assertThat(selection.of(decision("admission", "shop-dev", "deny", high)))
                .isEmpty();
        assertThat(selection.of(decision("admission", "bank", "deny", high))).isEmpty();
        assertThat(selection(null, Set.of("image-tag"), "enforce").of(decision("admission", "shop", "deny", high)))
                .isEmpty();
    }

    @Test
    void tellsOfAuditsWhereTheyAreAskedFor() {
        RecordedFinding audited = Told.finding("host-pid", "audit", "high", "");
        Decision allowed = decision("admission", "shop", "allow", audited);

        assertThat(selection(null, Set.of(), "enforce", "warn").of(allowed)).isEmpty();
        assertThat(selection(null, Set.of(), "audit").of(allowed).orElseThrow().verdict())
                .isEqualTo("audit");
    }

    @Test
    void tellsOfWhatCouldNotBeReadUnlessChecksAreNamed() {
        Decision unread = decision("admission", "shop", "deny");

        assertThat(selection(null, Set.of(), "enforce").of(unread)).isPresent();
        assertThat(selection(null, Set.of("host-pid"), "enforce").of(unread)).isEmpty();
        assertThat(selection(null, Set.of(), "warn").of(unread)).isEmpty();
    }

    @Test
    void saysNothingOfWhatHasLeave() {
        RecordedFinding given = new RecordedFinding(
                "host-pid", "fail", "enforce", "high", "default", null, null, "is true", "leaves/node-exporter");

        assertThat(selection(null, Set.of(), "enforce").of(decision("admission", "shop", "allow", given)))
                .isEmpty();
    }
}

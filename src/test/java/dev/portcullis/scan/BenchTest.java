package dev.portcullis.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.catalogue.Catalogue;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Finding;
import dev.portcullis.check.Result;
import dev.portcullis.inspection.BenchComparison;
import dev.portcullis.inspection.BenchComparison.Line;
import dev.portcullis.inspection.BenchComparison.Outcome;
import org.junit.jupiter.api.Test;

/** Counted as docker-bench-security counts. */
class BenchTest {
    private final Bench bench = new Bench();

    @Test
    void countsANumberOnceAndTheWorstOfIt() {
        add("privileged", Result.PASS);
        add("privileged", Result.FAIL);
        add("privileged", Result.PASS);
        add("host-pid", Result.PASS);
        add("host-pid", Result.PASS);
        add("host-uts", Result.PASS);

        BenchComparison comparison = bench.comparison();

        assertThat(comparison.lines())
                .containsExactly(
                        new Line("5.5", Outcome.WARN, true),
                        new Line("5.16", Outcome.PASS, true),
                        new Line("5.21", Outcome.PASS, true));
        assertThat(comparison.checks()).isEqualTo(3);
        assertThat(comparison.score()).isEqualTo(1);
    }

    @Test
    void givesNoPointForWhatItOnlyTells() {
        add("devices", Result.FAIL);
        add("ulimits", Result.PASS);
        BenchComparison comparison = bench.comparison();
        assertThat(comparison.lines())
                .containsExactly(new Line("5.18", Outcome.INFO, false), new Line("5.19", Outcome.PASS, false));
        assertThat(comparison.score()).isZero();
    }

    @Test
    void leavesOutWhatIsNotJudged() {
        add("healthcheck", Result.SKIP);
        BenchComparison comparison = bench.comparison();
        assertThat(comparison.lines()).isEmpty();
        assertThat(comparison.unjudged()).contains("2.2", "5.5", "5.27").containsSubsequence("2.9", "2.10", "5.9");
    }

    private void add(String check, Result result) {
        CheckInfo info = Catalogue.find(check).orElseThrow().info();
        bench.add(new Finding(info, result, null, null, null, "", "", null));
    }
}

package dev.portcullis.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.check.Finding;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Report;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Documents with many things in them, and patches of them. */
class InspectorTest {
    private static final String SERVICE = "  s%d:\n    image: nginx:1.29.3\n";

    private static List<Inspection.Judged> judged(String text) {
        return Samples.inspect(null, text).stream()
                .map(inspection -> (Inspection.Judged) inspection)
                .toList();
    }

    private static String repeated(String text, int times) {
        return IntStream.range(0, times).mapToObj(text::formatted).collect(Collectors.joining());
    }

    /** Reading the whole file again for each of them would take hours. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void judgesThousandsOfServicesOfOneFile() {
        assertThat(judged("services:\n" + repeated(SERVICE, 10_000)))
                .hasSize(10_000)
                .allSatisfy(service -> assertThat(service.patched()).isNotNull());
    }

    @Test
    void whatIsPatchedIsJudgedAgainWithEveryOtherPatch() {
        String text = "services:\n" + repeated(SERVICE, 3);

        assertThat(judged(text)).hasSize(3).allSatisfy(service -> {
            Report after = Objects.requireNonNull(service.patched());
            assertThat(after.subject()).isEqualTo(service.report().subject());
            assertThat(violations(after)).isNotEmpty().doesNotContain("pids-limit", "no-new-privileges");
            assertThat(violations(service.report())).contains("pids-limit", "no-new-privileges");
        });
    }

    /** As many values as may be merged, and a patch of the service that all others extend would bring more. */
    @Test
    void offersNoPatchThatMakesAFileTooLarge() {
        String base = "services:\n  base:\n    image: nginx:1.29.3\n    labels:\n" + repeated("      a%d: b\n", 2_035);

        List<Inspection.Judged> services = judged(base + repeated("  s%d:\n    extends: base\n", 98));

        assertThat(services)
                .hasSize(99)
                .allSatisfy(service -> assertThat(service.patched() == null)
                        .isEqualTo(service.patch().isEmpty()));
        assertThat(services).anyMatch(service -> service.patch().isEmpty());
        assertThat(judged(base + repeated("  s%d:\n    extends: base\n", 90)))
                .hasSize(91)
                .noneMatch(service -> service.patch().isEmpty());
    }

    private static List<String> violations(Report report) {
        return report.findings().stream()
                .map(Judged::finding)
                .filter(Finding::isViolation)
                .map(finding -> finding.check().id())
                .toList();
    }
}

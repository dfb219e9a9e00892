package dev.portcullis.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.check.Check;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.check.Parameter;
import dev.portcullis.check.PodSecurityStandard;
import dev.portcullis.check.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code -Dportcullis.docs=rewrite} writes docs/checks anew: read what changed before you keep it. */
class CheckPagesTest {
    private static final boolean REWRITE = "rewrite".equals(System.getProperty("portcullis.docs"));
    private static final Path DOCS = Path.of("docs");
    private static final Path PAGES = DOCS.resolve("checks");

    static List<CheckInfo> checks() {
        return Catalogue.all().stream().map(Check::info).toList();
    }

    @ParameterizedTest
    @MethodSource("checks")
    void hasAPageThatIsUpToDate(CheckInfo check) throws IOException {
        isUpToDate(PAGES.resolve(check.id() + ".md"), CheckPage.of(check));
    }

    @Test
    void theTableIsUpToDate() throws IOException {
        isUpToDate(DOCS.resolve("checks.md"), CheckIndex.page());
    }

    private static void isUpToDate(Path file, String page) throws IOException {
        if (REWRITE) {
            Files.createDirectories(PAGES);
            Files.writeString(file, page);
        }
        assertThat(file).as("-Dportcullis.docs=rewrite writes it").hasContent(page);
    }

    @Test
    void noPageIsLeftOfACheckThatIsGone() throws IOException {
        Set<String> known =
                checks().stream().map(check -> check.id() + ".md").collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> pages = Files.list(PAGES)) {
            for (Path page : pages.toList()) {
                if (REWRITE && !known.contains(page.getFileName().toString())) {
                    Files.delete(page);
                }
            }
        }
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(pages.map(page -> page.getFileName().toString())).containsExactlyInAnyOrderElementsOf(known);
        }
    }

    @ParameterizedTest
    @MethodSource("checks")
    void explainsItself(CheckInfo check) {
        assertThat(check.title()).matches("[A-Z/].*[^. ]");
        assertThat(check.why()).matches("[A-Z/].*\\.");
        assertThat(check.fields().forms())
                .isNotEmpty()
                .allSatisfy(form -> assertThat(check.fields().of(form)).isNotBlank());
        assertThat(check.parameters())
                .extracting(Parameter::description)
                .allSatisfy(text -> assertThat(text).isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("checks")
    void showsAFailingExampleOfEveryFormThatHasOne(CheckInfo check) {
        String page = CheckPage.of(check);
        FixtureFolder.fixtures().stream()
                .filter(fixture -> fixture.check().equals(check.id()) && fixture.verdict() == Result.FAIL)
                .map(fixture -> "\n## " + fixture.form().title() + "\n\nFails")
                .distinct()
                .forEach(heading -> assertThat(page).contains(heading));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void refersToKnownControlsInOneSpelling(CheckInfo check) {
        assertThat(check.references())
                .doesNotHaveDuplicates()
                .allSatisfy(reference -> assertThat(References.writtenOut(reference, check))
                        .as(
                                "%s: PSS baseline, PSS restricted, CIS Docker 5.4 or NSA/CISA and one of its sections",
                                reference)
                        .isNotNull());
        PodSecurityStandard standard = check.standard();
        KubernetesVersion baseline = standard == null ? null : standard.baselineSince();
        assertThat(check.references().contains("PSS baseline")).isEqualTo(baseline != null);
        assertThat(check.references().stream().anyMatch(reference -> reference.startsWith("PSS")))
                .isEqualTo(standard != null);
    }

    @Test
    void readmeLinksTheTable() {
        assertThat(Path.of("README.md")).content().contains("(docs/checks.md)");
    }
}

package dev.portcullis;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule holds for the program, and rejects the class below {@code broken.portcullis} that was written to break it. */
class ArchitectureTest {
    private static final String BROKEN = "broken.portcullis";
    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.portcullis");
    private static final JavaClasses SAMPLES = new ClassFileImporter().importPackages(BROKEN);

    static Stream<Arguments> rules() {
        return Stream.of(
                rule("packages", Architecture::packagesKnowOnlyWhatTheyMay, "check.KnowsCatalogue"),
                rule("packages", Architecture::packagesKnowOnlyWhatTheyMay, "docker.KnowsKubernetes"),
                rule("packages", Architecture::packagesKnowOnlyWhatTheyMay, "document.KnowsPolicy"),
                rule("packages", Architecture::packagesKnowOnlyWhatTheyMay, "review.KnowsAdmission"),
                rule("packages", Architecture::packagesKnowOnlyWhatTheyMay, "cli.KnowsApp"),
                rule("packages", Architecture::packagesKnowOnlyWhatTheyMay, "misc.HasNoPlace"),
                rule("core", Architecture::coreImportsOnlyTheJdk, "workload.KnowsJackson"),
                rule("no I/O", Architecture::catalogueDoesNoInputOrOutput, "catalogue.ReadsFile"),
                rule("no clock", Architecture::catalogueReadsNoClock, "catalogue.ReadsClock"),
                rule("document", Architecture::documentKnowsOnlyItsParsers, "document.KnowsServlets"),
                rule("Spring", Architecture::springStaysInTheServer, "kubernetes.KnowsSpring"),
                rule("cycles", Architecture::noCycles, "check.KnowsCatalogue"),
                rule("null-marked", Architecture::packagesAreNullMarked, "unmarked.NotMarked"));
    }

    private static Arguments rule(String name, Function<Architecture, ArchRule> rule, String sample) {
        return Arguments.of(name, rule, BROKEN + "." + sample);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void programKeepsTheRule(String name, Function<Architecture, ArchRule> rule, String sample) {
        rule.apply(new Architecture("dev.portcullis")).check(PROGRAM);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("rules")
    void ruleRejectsItsBrokenSample(String name, Function<Architecture, ArchRule> rule, String sample) {
        assertThat(rule.apply(new Architecture(BROKEN))
                        .evaluate(SAMPLES)
                        .getFailureReport()
                        .getDetails())
                .as(name)
                .anyMatch(detail -> detail.contains(sample));
    }

    @Test
    void looksAtTheWholeProgram() {
        assertThat(PROGRAM.contain("dev.portcullis.app.Portcullis")).isTrue();
        assertThat(PROGRAM.contain("dev.portcullis.catalogue.Catalogue")).isTrue();
        assertThat(PROGRAM).noneMatch(type -> type.getName().equals(ArchitectureTest.class.getName()));
    }
}

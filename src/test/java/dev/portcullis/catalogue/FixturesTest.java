package dev.portcullis.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.portcullis.check.Check;
import dev.portcullis.check.Finding;
import dev.portcullis.check.Fix;
import dev.portcullis.check.Result;
import dev.portcullis.document.JsonPatch;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every fixture of every check. {@code -Dportcullis.goldens=rewrite} writes the goldens anew: read what changed before you
 * keep it.
 */
class FixturesTest {
    private static final boolean REWRITE = "rewrite".equals(System.getProperty("portcullis.goldens"));

    static List<Fixture> fixtures() {
        return FixtureFolder.fixtures();
    }

    /** A fixture with its container in another list. */
    record Move(Fixture fixture, Placement placement, ObjectNode document) {
        @Override
        public String toString() {
            return fixture + " " + placement;
        }
    }

    static List<Move> moves() {
        ObjectNode base = FixtureFolder.base(Platform.KUBERNETES);
        List<Move> moves = new ArrayList<>();
        for (Fixture fixture : fixtures()) {
            for (Placement placement : Placement.values()) {
                if (fixture.platform() == Platform.KUBERNETES) {
                    placement
                            .move(fixture.document(), base)
                            .ifPresent(moved -> moves.add(new Move(fixture, placement, moved)));
                }
            }
        }
        return moves;
    }

    static Set<Platform> platforms() {
        return Documents.READABLE;
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void hasItsVerdictWhereItSaysAndNowhereElse(Fixture fixture) {
        Workload workload = workload(fixture);
        for (Criterion criterion : Criterion.ALL) {
            if (criterion.asks(fixture.check())) {
                Result verdict = criterion.verdict(workload, fixture.check());
                assertThat(verdict == fixture.verdict())
                        .as("%s is %s at %s", fixture, verdict, criterion)
                        .isEqualTo(fixture.header().covers(criterion));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void failsNoOtherCheckThanItSays(Fixture fixture) {
        Set<String> expected = new TreeSet<>(fixture.header().also());
        if (fixture.verdict() == Result.FAIL) {
            expected.add(fixture.check());
        }
        assertThat(fixture.criterion().violated(workload(fixture))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void saysWhatItsGoldenSays(Fixture fixture) throws IOException {
        if (fixture.verdict() == Result.PASS) {
            assertThat(fixture.golden()).doesNotExist();
            return;
        }
        if (REWRITE) {
            Files.writeString(fixture.golden(), Golden.of(fixture));
        }
        assertThat(fixture.golden()).hasContent(Golden.of(fixture));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void isMendedByTheFixItIsOffered(Fixture fixture) {
        Criterion criterion = fixture.criterion();
        Workload before = workload(fixture);
        List<Finding> failures = criterion.judge(before, fixture.check()).stream()
                .filter(Finding::isViolation)
                .toList();
        List<Edit> edits = failures.stream()
                .map(Finding::fix)
                .filter(Objects::nonNull)
                .map(Fix::edits)
                .flatMap(List::stream)
                .toList();
        ObjectNode document = fixture.document().deepCopy();
        ArrayNode operations = JsonPatch.apply(document, edits);
        Workload after = Documents.workload(fixture.platform(), document);

        List<Finding> left =
                failures.stream().filter(failure -> failure.fix() == null).toList();
        assertThat(criterion.judge(after, fixture.check()).stream().filter(Finding::isViolation))
                .as("without the findings that a fix was offered for")
                .containsExactlyElementsOf(left);
        assertThat(fixture.criterion().violated(before)).containsAll(criterion.violated(after));
        assertThat(JsonPatch.apply(document.deepCopy(), edits))
                .as("a second time")
                .isEmpty();
        assertThat(io.fabric8.zjsonpatch.JsonPatch.apply(operations, fixture.document()))
                .as("as others apply the patch")
                .isEqualTo(document);
    }

    @ParameterizedTest
    @MethodSource("moves")
    void isJudgedAlikeInEveryListOfContainers(Move move) {
        Fixture fixture = move.fixture();
        Workload workload = Documents.workload(Platform.KUBERNETES, move.document());
        Criterion criterion = fixture.criterion();

        assertThat(criterion.verdict(workload, fixture.check())).isEqualTo(fixture.verdict());
        assertThat(messages(criterion, workload, fixture.check()))
                .isEqualTo(messages(criterion, workload(fixture), fixture.check()).stream()
                        .map(message ->
                                message.replace(Placement.FROM, move.placement().path()))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void holdsOnlyFieldsThatItsPlatformKnows(Fixture fixture) {
        assertThatCode(() -> Documents.requireKnownFields(fixture.platform(), fixture.document()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void theBasePassesEverywhere(Platform platform) {
        ObjectNode base = FixtureFolder.base(platform);
        Documents.requireKnownFields(platform, base);
        for (Criterion criterion : Criterion.ALL) {
            assertThat(criterion.violated(Documents.workload(platform, base)))
                    .as(criterion.toString())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void everyCheckHasAPassAndAFail(Platform platform) {
        Set<String> wanted = new TreeSet<>();
        for (Check check : Catalogue.all()) {
            if (check.info().concerns(platform)) {
                wanted.add(check.info().id() + " pass");
                wanted.add(check.info().id() + " fail");
            }
        }
        assertThat(fixtures().stream()
                        .filter(fixture -> fixture.platform() == platform)
                        .map(fixture ->
                                fixture.check() + " " + fixture.verdict().id()))
                .containsAll(wanted);
    }

    @Test
    void everyFolderIsACheck() {
        assertThat(FixtureFolder.checks())
                .allSatisfy(id -> assertThat(Catalogue.find(id))
                        .as("the check %s, which has a folder of fixtures", id)
                        .isPresent());
    }

    @Test
    void everyFileIsUsed() {
        Set<Path> used = new TreeSet<>();
        platforms().forEach(platform -> used.add(FixtureFolder.baseFile(platform)));
        for (Fixture fixture : fixtures()) {
            used.add(fixture.file());
            if (fixture.verdict() != Result.PASS) {
                used.add(fixture.golden());
            }
        }
        assertThat(FixtureFolder.files()).containsExactlyElementsOf(used);
    }

    @ParameterizedTest
    @EnumSource(Placement.class)
    void everyListOfContainersIsTried(Placement placement) {
        assertThat(moves().stream().filter(move -> move.placement() == placement))
                .hasSizeGreaterThan(fixtures().size() / 2);
    }

    private static Workload workload(Fixture fixture) {
        return Documents.workload(fixture.platform(), fixture.document());
    }

    private static List<String> messages(Criterion criterion, Workload workload, String check) {
        return criterion.judge(workload, check).stream()
                .filter(Finding::isViolation)
                .map(Finding::message)
                .distinct()
                .toList();
    }
}

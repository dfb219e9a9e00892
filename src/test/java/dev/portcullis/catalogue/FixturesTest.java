package dev.portcullis.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.portcullis.check.Check;
import dev.portcullis.check.Finding;
import dev.portcullis.check.Fix;
import dev.portcullis.check.Result;
import dev.portcullis.document.JsonPatch;
import dev.portcullis.workload.Act;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Matter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
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

    static List<Fixture> trees() {
        return fixtures().stream()
                .filter(fixture -> Fixture.TREES.contains(fixture.form()))
                .toList();
    }

    static List<Fixture> texts() {
        return fixtures().stream()
                .filter(fixture -> !Fixture.TREES.contains(fixture.form()))
                .toList();
    }

    /** A fixture with its container in another list. */
    record Move(Fixture fixture, Placement placement, ObjectNode document) {
        @Override
        public String toString() {
            return fixture + " " + placement;
        }
    }

    static List<Move> moves() {
        ObjectNode base = FixtureFolder.base(Form.POD);
        List<Move> moves = new ArrayList<>();
        for (Fixture fixture : fixtures()) {
            for (Placement placement : Placement.values()) {
                if (fixture.form() == Form.POD) {
                    placement
                            .move(fixture.document(), base)
                            .ifPresent(moved -> moves.add(new Move(fixture, placement, moved)));
                }
            }
        }
        return moves;
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void hasItsVerdictWhereItSaysAndNowhereElse(Fixture fixture) {
        Matter matter = fixture.matter();
        fixture.criteria().filter(criterion -> criterion.asks(fixture.check())).forEach(criterion -> {
            Result verdict = criterion.verdict(matter, fixture.check());
            assertThat(verdict == fixture.verdict())
                    .as("%s is %s at %s", fixture, verdict, criterion)
                    .isEqualTo(fixture.header().covers(criterion));
        });
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void failsNoOtherCheckThanItSays(Fixture fixture) {
        Set<String> expected = new TreeSet<>(fixture.header().also());
        if (fixture.verdict() == Result.FAIL) {
            expected.add(fixture.check());
        }
        assertThat(fixture.criterion().violated(fixture.matter())).isEqualTo(expected);
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
    @MethodSource("texts")
    void isOfferedNoFixThatNothingCouldApply(Fixture fixture) {
        assertThat(fixture.criterion().judge(fixture.matter()))
                .filteredOn(finding -> fixture.form() != Form.DOCKERFILE
                        || !finding.check().id().equals("dockerfile-add"))
                .allSatisfy(finding -> assertThat(finding.fix()).isNull());
    }

    @ParameterizedTest
    @MethodSource("trees")
    void isMendedByTheFixItIsOffered(Fixture fixture) {
        Criterion criterion = fixture.criterion();
        Matter before = fixture.matter();
        List<Finding> failures = criterion.judge(before, fixture.check()).stream()
                .filter(Finding::isViolation)
                .toList();
        List<Edit> edits = failures.stream()
                .map(Finding::fix)
                .filter(Objects::nonNull)
                .map(Fix::edits)
                .flatMap(List::stream)
                .toList();
        ObjectNode document = fixture.document();
        ArrayNode operations = JsonPatch.apply(document, edits);
        Matter after = fixture.matter(document);

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
        Matter matter = fixture.matter(move.document());
        Criterion criterion = fixture.criterion();

        assertThat(criterion.verdict(matter, fixture.check())).isEqualTo(fixture.verdict());
        assertThat(messages(criterion, matter, fixture.check()))
                .isEqualTo(messages(criterion, fixture.matter(), fixture.check()).stream()
                        .map(message ->
                                message.replace(Placement.FROM, move.placement().path()))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("trees")
    void holdsOnlyFieldsThatItsFormKnows(Fixture fixture) {
        assertThatCode(() -> Documents.requireKnownFields(fixture.form(), fixture.document()))
                .doesNotThrowAnyException();
    }

    static Collection<Form> forms() {
        return Fixture.FORMS.values();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void theBasePassesEverywhere(Form form) {
        String base = FixtureFolder.baseText(form);
        if (Fixture.TREES.contains(form)) {
            Documents.requireKnownFields(form, Fixture.document(base));
        }
        for (Criterion criterion : Criterion.ALL) {
            assertThat(criterion.violated(Documents.matter(form, base)))
                    .as(criterion.toString())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyCheckHasAPassAndAFail(Form form) {
        Set<String> wanted = new TreeSet<>();
        for (Check check : Catalogue.all()) {
            if (check.info().concerns(form)) {
                wanted.addAll(wanted(check.info().id(), form));
            }
        }
        assertThat(fixtures().stream()
                        .filter(fixture -> fixture.form() == form)
                        .map(fixture ->
                                fixture.check() + " " + fixture.verdict().id()))
                .containsAll(wanted);
    }

    /** Of these every deed fails; what does not concern them they pass over, which every other fixture shows. */
    private static final Set<String> WITHOUT_A_PASS =
            Set.of("image-import", "plugin-install", "swarm-change", "archive-write", "commit");

    private static List<String> wanted(String check, Form form) {
        if (WITHOUT_A_PASS.contains(check)) {
            return List.of(check + " fail");
        }
        return switch (check + " " + form) {
            // Containers are in no namespace: a policy that protects them says so in a parameter.
            case "exec ENGINE_REQUEST", "attach ENGINE_REQUEST" -> List.of(check + " pass");
            // No container can ask for a user namespace of its own: the engine decides for all.
            case "user-namespace CONTAINER", "user-namespace COMPOSE_SERVICE" ->
                List.of(check + " skip", check + " fail");
            // No pod can name a device of the host.
            case "devices POD" -> List.of(check + " skip");
            // What a container reaches is its network's doing: it can be cut off, but not be known to be open.
            case "network-isolation CONTAINER", "network-isolation COMPOSE_SERVICE" ->
                List.of(check + " pass", check + " skip");
            case "network-isolation POD" -> List.of(check + " skip");
            default -> List.of(check + " pass", check + " fail");
        };
    }

    /** A check that could pass something needs a fixture for it. */
    @Test
    void whatHasNoPassFindsNothingElse() {
        for (String id : WITHOUT_A_PASS) {
            assertThat(fixtures().stream()
                            .filter(fixture -> fixture.matter() instanceof Act)
                            .flatMap(fixture -> Criterion.HARDENED.judge(fixture.matter(), id).stream())
                            .map(Finding::result))
                    .as(id)
                    .isNotEmpty()
                    .containsOnly(Result.FAIL);
        }
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
        for (Form form : forms()) {
            used.add(FixtureFolder.baseFile(form));
        }
        for (Fixture fixture : fixtures()) {
            used.add(fixture.file());
            fixture.headerFile().ifPresent(used::add);
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
                .hasSizeGreaterThan(100);
    }

    private static List<String> messages(Criterion criterion, Matter matter, String check) {
        return criterion.judge(matter, check).stream()
                .filter(Finding::isViolation)
                .map(Finding::message)
                .distinct()
                .toList();
    }
}

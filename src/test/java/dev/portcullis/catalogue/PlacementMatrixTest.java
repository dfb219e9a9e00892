package dev.portcullis.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.check.Check;
import dev.portcullis.check.Finding;
import dev.portcullis.check.Result;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Matter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Every pod fixture, in every list of containers and in every kind that makes pods, is judged like the pod it is. */
class PlacementMatrixTest {
    private static final ObjectNode BASE = FixtureFolder.base(Form.POD);

    /** A kind, and a list of containers; none is where fixtures have theirs. */
    record Cell(PodKind kind, Optional<Placement> placement) {
        static List<Cell> all() {
            return Stream.of(PodKind.values())
                    .flatMap(kind -> Stream.concat(
                                    Stream.of(Optional.<Placement>empty()),
                                    Stream.of(Placement.values()).map(Optional::of))
                            .map(placement -> new Cell(kind, placement)))
                    .toList();
        }

        Optional<ObjectNode> place(ObjectNode pod) {
            return placement
                    .map(list -> list.move(pod, BASE))
                    .orElseGet(() -> Optional.of(pod.deepCopy()))
                    .map(kind::of);
        }

        /** Where a field of the fixture stands here. */
        String field(String field) {
            return kind.prefix()
                    + placement
                            .map(list -> field.replace(Placement.FROM, list.path()))
                            .orElse(field);
        }
    }

    private static List<Fixture> pods() {
        return FixtureFolder.fixtures().stream()
                .filter(fixture -> fixture.form() == Form.POD)
                .toList();
    }

    static List<Cell> cells() {
        return Cell.all();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void isJudgedAsThePodIs(Cell cell) {
        int judged = 0;
        for (Fixture fixture : pods()) {
            Optional<ObjectNode> placed = cell.place(fixture.document());
            if (placed.isPresent()) {
                isJudgedAlike(fixture, cell, fixture.matter(placed.get()));
                judged++;
            }
        }
        assertThat(judged).isGreaterThan(150);
    }

    private static void isJudgedAlike(Fixture fixture, Cell cell, Matter placed) {
        Criterion criterion = fixture.criterion();
        assertThat(criterion.verdict(placed, fixture.check()))
                .as("%s in %s", fixture, cell)
                .isEqualTo(fixture.verdict());
        assertThat(violations(criterion, placed, fixture.check())
                        .map(finding -> told(finding, field(finding)))
                        .distinct())
                .as("%s in %s", fixture, cell)
                .isEqualTo(violations(criterion, fixture.matter(), fixture.check())
                        .map(finding -> told(finding, cell.field(field(finding))))
                        .distinct()
                        .toList());
    }

    private static Stream<Finding> violations(Criterion criterion, Matter matter, String check) {
        return criterion.judge(matter, check).stream().filter(Finding::isViolation);
    }

    private static String field(Finding finding) {
        return finding.path() == null ? "" : finding.path().field();
    }

    /** With the container's name where the field is its own: a pod's field is told for each of its containers. */
    private static String told(Finding finding, String field) {
        boolean own = field.contains("ontainers[");
        return (own ? finding.container() + ": " : "") + field + " " + finding.state();
    }

    /** A new check comes in by its fixtures; here it is seen that none has stayed out. */
    @ParameterizedTest
    @EnumSource(
            value = Placement.class,
            names = {"INIT", "SIDECAR"})
    void everyCheckOfContainersIsInIt(Placement placement) {
        Set<String> failing = new TreeSet<>();
        Set<String> passing = new TreeSet<>();
        for (Fixture fixture : pods()) {
            if (placement.move(fixture.document(), BASE).isPresent()) {
                (fixture.verdict() == Result.FAIL ? failing : passing).add(fixture.check());
            }
        }
        Set<String> checks = new TreeSet<>();
        for (Check check : Catalogue.all()) {
            if (pods().stream()
                    .anyMatch(fixture -> failsItsContainer(fixture, check.info().id()))) {
                checks.add(check.info().id());
            }
        }
        // Init containers have no probes; a sidecar has.
        checks.removeIf(check -> placement == Placement.INIT
                && Set.of("host-probes", "healthcheck").contains(check));
        assertThat(checks).hasSizeGreaterThan(15);
        assertThat(failing).containsAll(checks);
        assertThat(passing).containsAll(checks);
    }

    private static boolean failsItsContainer(Fixture fixture, String check) {
        return fixture.check().equals(check)
                && violations(fixture.criterion(), fixture.matter(), check)
                        .anyMatch(finding ->
                                finding.container() != null && field(finding).startsWith(Placement.FROM));
    }

    @Test
    void wrapsPodsWhereTheirKindHasThem() {
        ObjectNode job = PodKind.CRON_JOB.of(BASE);
        assertThat(job.at("/spec/jobTemplate/spec/template/spec/containers/0/name")
                        .asString(""))
                .isEqualTo("app");
        assertThat(new Cell(PodKind.CRON_JOB, Optional.of(Placement.INIT)).field(Placement.FROM + ".image"))
                .isEqualTo("spec.jobTemplate.spec.template.spec.initContainers[0].image");
    }
}

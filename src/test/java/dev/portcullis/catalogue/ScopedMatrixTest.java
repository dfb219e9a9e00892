package dev.portcullis.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.check.Finding;
import dev.portcullis.workload.Form;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Settings that stand at the pod, at the container, or at both: nine ways for each. */
class ScopedMatrixTest {
    private static final List<String> LEVELS = List.of("unset", "good", "bad");

    /**
     * Each with what {@code hardened} makes of it: a row for the pod unset, good and bad, in each the container unset, good
     * and bad; P passes, F fails. A bad value at the pod fails even where every container has a better one.
     */
    enum Scoped {
        RUN_AS_NON_ROOT("run-as-non-root", "runAsNonRoot", "true", "false", "FPF PPF FFF"),
        RUN_AS_USER("run-as-user", "runAsUser", "10001", "0", "PPF PPF FFF"),
        SECCOMP("seccomp-profile", "seccompProfile", "{type: RuntimeDefault}", "{type: Unconfined}", "FPF PPF FFF"),
        APP_ARMOR("apparmor-profile", "appArmorProfile", "{type: RuntimeDefault}", "{type: Unconfined}", "PPF PPF FFF"),
        SELINUX("selinux-options", "seLinuxOptions", "{type: container_t}", "{type: spc_t}", "PPF PPF FFF"),
        WINDOWS("windows-host-process", "windowsOptions", "{hostProcess: false}", "{hostProcess: true}", "PPF PPF FFF");

        private final String check;
        private final String field;
        private final String good;
        private final String bad;
        private final String hardened;

        Scoped(String check, String field, String good, String bad, String hardened) {
            this.check = check;
            this.field = field;
            this.good = good;
            this.bad = bad;
            this.hardened = hardened.replace(" ", "");
        }

        private boolean fails(String pod, String container) {
            return hardened.charAt(3 * LEVELS.indexOf(pod) + LEVELS.indexOf(container)) == 'F';
        }

        /** The base with this setting in one of the nine ways. */
        private ObjectNode pod(String pod, String container) {
            ObjectNode document = FixtureFolder.base(Form.POD);
            ObjectNode spec = (ObjectNode) document.get("spec");
            // What Kubernetes waives in a user namespace is not asked here.
            spec.remove("hostUsers");
            set(spec.withObject("/securityContext"), pod);
            set((ObjectNode) spec.at("/containers/0/securityContext"), container);
            return document;
        }

        private void set(ObjectNode context, String level) {
            JsonNode value = value(level);
            if (value == null) {
                context.remove(field);
            } else {
                context.set(field, value);
            }
        }

        private @Nullable JsonNode value(String level) {
            return switch (level) {
                case "good" -> Fixture.document("v: " + good).get("v");
                case "bad" -> Fixture.document("v: " + bad).get("v");
                default -> null;
            };
        }
    }

    record Way(Scoped setting, String pod, String container) {}

    static List<Way> ways() {
        List<Way> ways = new ArrayList<>();
        for (Scoped setting : Scoped.values()) {
            for (String pod : LEVELS) {
                LEVELS.forEach(container -> ways.add(new Way(setting, pod, container)));
            }
        }
        return ways;
    }

    @ParameterizedTest
    @MethodSource("ways")
    void hardenedJudgesEachWayInEveryPlace(Way way) {
        for (PodKind kind : PodKind.values()) {
            for (Optional<Placement> placement : placements()) {
                ObjectNode pod = way.setting.pod(way.pod, way.container);
                ObjectNode placed = placement
                        .map(list ->
                                list.move(pod, FixtureFolder.base(Form.POD)).orElseThrow())
                        .orElse(pod);
                String list = placement.map(Placement::path).orElse(Placement.FROM);
                judges(way, kind, kind.of(placed), list);
            }
        }
    }

    private static List<Optional<Placement>> placements() {
        return Stream.concat(
                        Stream.of(Optional.<Placement>empty()),
                        Stream.of(Placement.values()).map(Optional::of))
                .toList();
    }

    private static void judges(Way way, PodKind kind, ObjectNode document, String container) {
        List<Finding> violations =
                Criterion.HARDENED.judge(Documents.matter(Form.POD, document), way.setting.check).stream()
                        .filter(Finding::isViolation)
                        .toList();
        assertThat(!violations.isEmpty())
                .as("%s in %s %s", way, kind, container)
                .isEqualTo(fails(way));
        String context = ".securityContext." + way.setting.field;
        for (Finding finding : violations) {
            String field = finding.path() == null ? "" : finding.path().field();
            if (finding.container() == null) {
                assertThat(way.pod).isEqualTo("bad");
                assertThat(field).startsWith(kind.prefix() + "spec" + context);
            } else {
                assertThat(way.container).isNotEqualTo("good");
                assertThat(finding.container()).isEqualTo("app");
                assertThat(field).startsWith(kind.prefix() + container + context);
            }
        }
    }

    private static boolean fails(Way way) {
        return way.setting.fails(way.pod, way.container);
    }

    @ParameterizedTest
    @EnumSource(Scoped.class)
    void tellsOfThePodAndOfTheContainerWhereBothAreBad(Scoped setting) {
        assertThat(
                        Criterion.HARDENED
                                .judge(Documents.matter(Form.POD, setting.pod("bad", "bad")), setting.check)
                                .stream()
                                .filter(Finding::isViolation)
                                .map(Finding::container))
                .containsExactlyInAnyOrder(null, "app");
    }

    /** The two standards, as Kubernetes itself judges them. */
    @ParameterizedTest
    @ValueSource(strings = {"baseline", "restricted"})
    void agreesWithKubernetes(String level) {
        Kubernetes kubernetes = new Kubernetes();
        Portcullis portcullis = new Portcullis();
        for (Way way : ways()) {
            ObjectNode pod = way.setting.pod(way.pod, way.container);
            for (String version : List.of("v1.25", "v1.34", "v1.36", "latest")) {
                assertThat(portcullis.failed(level, version, pod.toString().getBytes(StandardCharsets.UTF_8)))
                        .as("%s at %s %s", way, level, version)
                        .isEqualTo(kubernetes.judge(level, version, pod).failed());
            }
        }
    }
}

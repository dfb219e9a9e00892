package dev.portcullis.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.PolicySet;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyWatchTest {
    private static final String RESTRICTED = policy("profile: restricted");
    private static final String BASELINE = policy("profile: baseline");

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Path file;
    private PolicyWatch watch;

    private static String policy(String spec) {
        return "apiVersion: portcullis.dev/v1alpha1\nkind: HardeningPolicy\nmetadata: {name: p}\nspec: {" + spec
                + "}\n";
    }

    @BeforeEach
    void begin() throws Exception {
        file = Files.writeString(folder.resolve("policy.yaml"), RESTRICTED);
        watch = PolicyWatch.read(folder, Set.of(), () -> BuiltInPolicies.set(Mode.WARN), new Alarms(registry));
    }

    @AfterEach
    void end() {
        watch.close();
    }

    @Test
    void takesWhatHasComeToRest() throws Exception {
        PolicySet before = watch.inForce().get();

        Files.writeString(file, BASELINE);
        watch.look();
        assertThat(watch.inForce().get()).isSameAs(before);
        Files.writeString(folder.resolve("second.yaml"), BASELINE.replace("name: p", "name: q"));
        watch.look();
        assertThat(watch.inForce().get()).isSameAs(before);
        watch.look();

        assertThat(watch.inForce().get().names()).containsExactly("p", "q");
    }

    @Test
    void aBusyFileThatIsNoPolicyIsNotInTheWay() throws Exception {
        Files.writeString(file, BASELINE);
        watch.look();
        Files.writeString(folder.resolve("busy.log"), "1");
        watch.look();

        assertThat(profile()).isEqualTo("baseline");
    }

    @Test
    void filesThatNeverRestAreReadAllTheSame() throws Exception {
        for (int i = 0; i < 10; i++) {
            Files.writeString(file, BASELINE + "# " + "x".repeat(i) + "\n");
            watch.look();
        }

        assertThat(profile()).isEqualTo("baseline");
    }

    @Test
    void whatIsInvalidOrEmptyLeavesTheLastGoodInForce() throws Exception {
        PolicySet before = watch.inForce().get();

        for (String bad : new String[] {policy("profil: baseline"), "", "kind: ["}) {
            Files.writeString(file, bad);
            settle();
            assertThat(watch.inForce().get()).isSameAs(before);
            assertThat(gauge("portcullis.policy.invalid")).isEqualTo(1);
        }
        assertThat(registry.get("portcullis.policy.reloads")
                        .tag("result", "refused")
                        .counter()
                        .count())
                .isEqualTo(3);

        Files.writeString(file, BASELINE);
        settle();
        assertThat(profile()).isEqualTo("baseline");
        assertThat(gauge("portcullis.policy.invalid")).isZero();
    }

    @Test
    void withoutFilesTheBuiltInPolicyIsInForceUntilOneComes() throws Exception {
        Files.delete(file);
        settle();
        assertThat(watch.inForce().get().version()).isEqualTo("built-in-warn");
        assertThat(gauge("portcullis.policy.builtin")).isEqualTo(1);

        Files.writeString(file, BASELINE);
        settle();
        assertThat(profile()).isEqualTo("baseline");
        assertThat(gauge("portcullis.policy.builtin")).isZero();
    }

    @Test
    void followsTheSwapOfALinkAsConfigMapsAreMounted() throws Exception {
        Path mounted = Files.createDirectory(folder.resolve("mount"));
        Path first = Files.createDirectory(mounted.resolve("..1"));
        Path second = Files.createDirectory(mounted.resolve("..2"));
        Files.writeString(first.resolve("p.yaml"), RESTRICTED);
        Files.writeString(second.resolve("p.yaml"), BASELINE);
        Path data = Files.createSymbolicLink(mounted.resolve("..data"), first.getFileName());
        Files.createSymbolicLink(mounted.resolve("p.yaml"), Path.of("..data/p.yaml"));
        watch.close();
        watch = PolicyWatch.read(mounted, Set.of(), () -> BuiltInPolicies.set(Mode.WARN), new Alarms(registry));

        Path next = Files.createSymbolicLink(mounted.resolve("..data_tmp"), second.getFileName());
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
        settle();

        assertThat(profile()).isEqualTo("baseline");
    }

    private void settle() {
        for (int i = 0; i < 4; i++) {
            watch.look();
        }
    }

    private String profile() {
        return watch.inForce().get().policies().getFirst().profile().id();
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }
}

package dev.portcullis.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.PolicySet;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That nobody can say whether there are policies is not the same as that there are none. */
class UnlistablePoliciesTest {
    private static final String RESTRICTED =
            "apiVersion: portcullis.dev/v1alpha1\nkind: HardeningPolicy\nmetadata: {name: p}\nspec: {profile: restricted}\n";

    @TempDir
    private Path folder;

    private PolicyWatch watch(Path path) throws Exception {
        return PolicyWatch.read(
                path, Set.of(), () -> BuiltInPolicies.set(Mode.WARN), new Alarms(new SimpleMeterRegistry()));
    }

    @Test
    void tooManyFilesLeaveTheLastGoodInForce() throws Exception {
        Files.writeString(folder.resolve("p.yaml"), RESTRICTED);
        PolicyWatch watch = watch(folder);
        PolicySet before = watch.inForce().get();
        for (int i = 0; i < 1_000; i++) {
            Files.writeString(folder.resolve("x" + i + ".yaml"), RESTRICTED);
        }
        for (int i = 0; i < 6; i++) watch.look();
        assertThat(watch.inForce().get().version()).isEqualTo(before.version());
    }

    @Test
    void aLoopOfLinksLeavesTheLastGoodInForce() throws Exception {
        Path real = Files.createDirectory(folder.resolve("real"));
        Files.writeString(real.resolve("p.yaml"), RESTRICTED);
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        PolicyWatch watch = watch(link);
        PolicySet before = watch.inForce().get();
        Files.delete(link);
        Files.createSymbolicLink(link, link);
        for (int i = 0; i < 6; i++) watch.look();
        assertThat(watch.inForce().get().version()).isEqualTo(before.version());
    }
}

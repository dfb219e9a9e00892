package dev.portcullis.history;

import static dev.portcullis.history.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class PolicyVersionsTest {
    @TempDir
    private Path folder;

    private static PolicyVersion version(String name, int seconds) {
        Instant at = NOON.plusSeconds(seconds);
        return new PolicyVersion(name, at, at, "cluster");
    }

    @ParameterizedTest
    @EnumSource
    void keepsEachOnceAndWhenItWasInForceLast(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            PolicyVersions versions = new PolicyVersions(database, 10, 1_000);
            versions.keep(version("a", 0), "{\"of\":\"a\"}");
            versions.keep(version("b", 60), "{\"of\":\"b\"}");
            versions.keep(version("a", 120), "never written");

            assertThat(versions.list())
                    .containsExactly(new PolicyVersion("a", NOON, NOON.plusSeconds(120), "cluster"), version("b", 60));
            assertThat(versions.content("a")).contains("{\"of\":\"a\"}");
            assertThat(versions.content("c")).isEmpty();
            assertThat(versions.seen("b", NOON)).isTrue();
            assertThat(versions.list().getLast().lastAt()).isEqualTo(NOON.plusSeconds(60));
            assertThat(versions.seen("c", NOON)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void dropsTheOldestByNumberAndBySizeButNeverTheLatest(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            PolicyVersions versions = new PolicyVersions(database, 3, 100);
            for (int i = 0; i < 5; i++) {
                versions.keep(version("v" + i, i), "{}");
            }
            assertThat(versions.list()).extracting(PolicyVersion::version).containsExactly("v4", "v3", "v2");

            versions.keep(version("large", 10), "x".repeat(98));
            assertThat(versions.list()).extracting(PolicyVersion::version).containsExactly("large", "v4");
            versions.keep(version("larger", 11), "x".repeat(500));
            assertThat(versions.list()).extracting(PolicyVersion::version).containsExactly("larger");
        }
    }
}

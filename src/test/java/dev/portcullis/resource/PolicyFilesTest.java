package dev.portcullis.resource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.portcullis.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are read, and which are refused. */
final class PolicyFilesTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("policy.yaml");
    }

    @Test
    void readsAFolderInTheOrderOfItsNames() throws Exception {
        Files.writeString(folder.resolve("b.yml"), policy("second") + "---\n# nothing\n---\n" + policy("third"));
        Files.writeString(folder.resolve("a.yaml"), policy("first"));
        Files.writeString(folder.resolve("c.JSON"), """
                {"apiVersion": "portcullis.dev/v1alpha1", "kind": "HardeningPolicy",
                 "metadata": {"name": "fourth"}, "spec": {"profile": "baseline"}}
                """);
        Files.writeString(folder.resolve("notes.txt"), "no policy");
        Files.writeString(Files.createDirectory(folder.resolve("below")).resolve("d.yaml"), policy("fifth"));
        assertThat(PolicyFiles.read(folder).policies())
                .extracting(Policy::name)
                .containsExactly("first", "second", "third", "fourth");
    }

    @Test
    void followsSymbolicLinksAsVolumesOfKubernetesHaveThem() throws Exception {
        Path data = Files.createDirectory(folder.resolve("..data"));
        Files.writeString(data.resolve("policy.yaml"), policy("linked"));
        Files.createSymbolicLink(file, Path.of("..data", "policy.yaml"));
        assertThat(PolicyFiles.read(folder).policies()).extracting(Policy::name).containsExactly("linked");
    }

    @Test
    void tellsBothPlacesOfANameThatStandsTwice() throws IOException {
        Path other = Files.writeString(folder.resolve("other.yaml"), policy("same"));
        Files.writeString(file, policy("same"));
        refused(folder)
                .hasMessage(file + ":3:18: metadata.name: the policy at " + other
                        + ":3:18 is named \"same\" too: rename one of them");
    }

    @Test
    void tellsTheErrorsOfAllFiles() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), policy("a").replace("restricted", "strict"));
        Files.writeString(folder.resolve("b.yaml"), policy("b"));
        Files.writeString(folder.resolve("c.yaml"), "kind: Pod\n");
        assertThatThrownBy(() -> PolicyFiles.read(folder))
                .isInstanceOfSatisfying(
                        PolicyException.class,
                        refusal -> assertThat(refusal.errors())
                                .extracting(PolicyError::source)
                                .containsExactly(
                                        folder.resolve("a.yaml").toString(),
                                        folder.resolve("c.yaml").toString()));
    }

    @Test
    void refusesWhatIsNotThere() {
        refused(file).hasMessage(file + ": there is no such file or folder");
        refused(Path.of("")).hasMessage("--policy: names no file or folder");
    }

    @Test
    void refusesFilesWithoutAPolicy() throws IOException {
        for (String text : new String[] {"", "# only a comment\n", "---\n---\n", "null\n"}) {
            Files.writeString(file, text);
            refused(file).hasMessage(file + ": there is no policy inside: write a HardeningPolicy, or remove the file");
        }
    }

    @Test
    void refusesAFolderWithoutAFile() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), policy("a"));
        refused(folder).hasMessage(folder + ": no .yaml, .yml or .json file is in this folder");
    }

    @Test
    void refusesBinaryFiles() throws IOException {
        Files.write(file, new byte[] {'a', 0, 1, 2});
        refused(file).hasMessage(file + ":1:2: the character U+0000: remove or escape it");
        Files.write(file, new byte[] {'a', (byte) 0xff});
        refused(file).hasMessage(file + ":1:2: broken UTF-8 (byte 0xff): save the text as UTF-8");
    }

    @Test
    void refusesSymbolicLinksThatLeadNowhere() throws IOException {
        Files.createSymbolicLink(file, Path.of("policy.yaml"));
        refused(file).hasMessageStartingWith(file + ": cannot be read: ");
        refused(folder).hasMessageStartingWith(file + ": cannot be read: ");
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("gone.yaml"));
        refused(folder).hasMessage(file + ": is a symbolic link to nothing: mend or remove it");
    }

    @Test
    void refusesAFolderNamedLikeAFile() throws IOException {
        Files.createDirectory(file);
        refused(folder).hasMessage(file + ": is no regular file: name a file of YAML or JSON");
    }

    @Test
    void refusesDevices() {
        refused(Path.of("/dev/null")).hasMessage("/dev/null: is no regular file: name a file of YAML or JSON");
    }

    @Test
    void refusesWhatMayNotBeRead() throws IOException {
        Files.writeString(file, policy("a"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "this user may read every file");
        refused(file).hasMessage(file + ": cannot be read: permission denied");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("-wx------"));
        refused(folder).hasMessage(folder + ": cannot be read: permission denied");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void boundsTheSizeOfAFile() throws Exception {
        String text = policy("a") + "#";
        Files.writeString(file, text + "a".repeat((1 << 20) - text.length()));
        assertThat(PolicyFiles.read(file).policies()).hasSize(1);
        Files.writeString(file, text + "a".repeat((1 << 20) + 1 - text.length()));
        refused(file).hasMessage(file + ": over 1 MiB: split it into several files");
    }

    @Test
    void boundsTheNumberOfPolicies() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 999; i++) {
            text.append(policy("p" + i)).append("---\n");
        }
        Files.write(folder.resolve("a.yaml"), text.toString().getBytes(UTF_8));
        Files.writeString(folder.resolve("b.yaml"), policy("last"));
        assertThat(PolicyFiles.read(folder).policies()).hasSize(1_000);
        Path third = Files.writeString(folder.resolve("c.yaml"), policy("more"));
        refused(folder).hasMessage(third + ": over 1000 policies in all: remove or merge some");
    }

    @Test
    void boundsTheNumberOfFiles() throws IOException {
        for (int i = 0; i < 1_001; i++) {
            Files.createFile(folder.resolve(i + ".yaml"));
        }
        refused(folder).hasMessage(folder + ": over 1,000 files: merge some into one");
    }

    private static AbstractThrowableAssert<?, ?> refused(Path path) {
        return assertThatThrownBy(() -> PolicyFiles.read(path)).isInstanceOf(PolicyException.class);
    }

    private static String policy(String name) {
        return """
                apiVersion: portcullis.dev/v1alpha1
                kind: HardeningPolicy
                metadata: {name: %s}
                spec: {profile: restricted}
                """.formatted(name);
    }
}

package dev.portcullis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher, run by the real shell in a project folder whose name holds a blank. Maven and the JDKs are stand-ins
 * that record how they were called, so that a build takes no time and a machine may have any JDK.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX shell script")
class LauncherTest {
    private static final String JAVA = """
            #!/bin/sh
            case $1 in
              -Djarmode=tools) mkdir -p "$6/lib"; cp "$3" "$6/portcullis.jar" ;;
              *) echo "jdk=${0%/bin/java}"; echo "cwd=$PWD"; for argument; do echo "arg=$argument"; done ;;
            esac
            """;
    private static final String MAVEN = """
            #!/bin/sh
            if [ "$1" = --version ]; then echo "Apache Maven ${FAKE_MAVEN_VERSION:-3.8.7}"; exit; fi
            echo build >>builds
            mkdir -p target
            printf half >target/portcullis.jar
            if [ -n "${FAKE_MAVEN_HANGS:-}" ]; then echo hanging >hangs; exec sleep 30; fi
            if [ -n "${FAKE_MAVEN_FAILS:-}" ]; then echo '[ERROR] it does not compile'; exit 1; fi
            if [ -n "${FAKE_MAVEN_WAITS:-}" ]; then n=0; until [ -f go ] || [ $((n += 1)) -gt 200 ]; do sleep 0.1; done; fi
            printf 'whole jar' >target/portcullis.jar
            touch -t 202001010000 target/portcullis.jar
            """;

    @TempDir
    Path temp;

    private Path project;
    private Path home;
    private Path tools;

    @BeforeEach
    void layOutProject() throws IOException {
        project = Files.createDirectories(temp.resolve("my project"));
        home = Files.createDirectories(temp.resolve("home folder"));
        tools = Files.createDirectories(temp.resolve("tools"));
        write(project.resolve("portcullis"), Files.readString(Path.of("portcullis")));
        write(project.resolve("pom.xml"), "<project/>");
        write(project.resolve("src/main/java/A.java"), "class A {}");
        write(tools.resolve("mvn"), MAVEN);
    }

    @Test
    void buildsOnceThenRunsWithTheCallersFolderAndArguments() throws Exception {
        Path jdk = jdk("25.0.1", home.resolve(".jdks/temurin-25"));
        Path elsewhere = Files.createDirectories(temp.resolve("else where"));

        Run first = run(elsewhere, Map.of("JAVA_HOME", jdk.toString()), "check", "a b.yaml", "*", "");
        Run second = run(elsewhere, Map.of("JAVA_HOME", jdk.toString()), "checks");

        assertThat(first.exit()).as(first.toString()).isZero();
        assertThat(first.out()).contains("cwd=" + elsewhere.toRealPath()).contains("jdk=" + jdk);
        assertThat(first.arguments()).endsWith("check", "a b.yaml", "*", "").contains("-XX:TieredStopAtLevel=1");
        assertThat(first.err()).contains("building");
        assertThat(second.err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void serveKeepsTheFullCompiler() throws Exception {
        Run run = run(project, withJdk(), "serve", "--role", "gate");

        assertThat(run.arguments())
                .contains("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders")
                .doesNotContain("-XX:TieredStopAtLevel=1")
                .endsWith("serve", "--role", "gate");
    }

    @Test
    void passesFurtherOptionsToTheJvm() throws Exception {
        Map<String, String> env =
                Map.of("JAVA_HOME", withJdk().get("JAVA_HOME"), "PORTCULLIS_JAVA_OPTS", "-Xmx64m -Da=*");

        List<String> arguments = run(project, env, "checks").arguments();

        assertThat(arguments).containsSubsequence("-Xmx64m", "-Da=*", "-jar", "checks");
    }

    @Test
    void findsItsProjectThroughSymbolicLinks() throws Exception {
        Files.createSymbolicLink(temp.resolve("first"), Path.of("my project", "portcullis"));
        Path second = Files.createSymbolicLink(tools.resolve("portcullis"), temp.resolve("first"));

        Run run = run(temp, withJdk(), List.of(second.toString(), "checks"));

        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(project.resolve("builds")).exists();
    }

    @Test
    void passesOverAnOldJavaHome() throws Exception {
        Path old = jdk("17.0.15", temp.resolve("jdk-17"));
        Path runtimeOnly = jdk("25", temp.resolve("jre-25"));
        Files.delete(runtimeOnly.resolve("bin/javac"));
        Path recent = jdk("26-ea", temp.resolve("jdk 26"));
        Files.createSymbolicLink(tools.resolve("javac"), recent.resolve("bin/javac"));

        assertThat(run(project, Map.of("JAVA_HOME", old.toString()), "checks").out())
                .contains("jdk=" + recent.toRealPath());
        assertThat(run(project, Map.of("JAVA_HOME", runtimeOnly.toString()), "checks")
                        .out())
                .contains("jdk=" + recent.toRealPath());
    }

    @Test
    void findsAJdkInTheHomeFolder() throws Exception {
        // A version that no machine has yet, so that nothing outside the home folder fits.
        requireJava("900");
        Path jdk = jdk("900.1", home.resolve(".sdkman/candidates/java/900-tem"));

        assertThat(run(project, Map.of(), "checks").out()).contains("jdk=" + jdk);
    }

    @Test
    void saysWhatToInstallWhenNoJdkFits() throws Exception {
        requireJava("900");

        Run run = run(project, withJdk(), "checks");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasLineCount(1).contains("please install a JDK 900 or newer", "JAVA_HOME");
    }

    @Test
    void needsNoMavenToRunWhatIsBuilt() throws Exception {
        run(project, withJdk(), "checks");
        Files.delete(tools.resolve("mvn"));

        assertThat(run(project, withJdk(), "checks").exit()).isZero();
    }

    @Test
    void saysWhatToInstallWhenMavenIsTooOld() throws Exception {
        Map<String, String> env = Map.of("JAVA_HOME", withJdk().get("JAVA_HOME"), "FAKE_MAVEN_VERSION", "3.6.3");
        // Only the stand-in: a Maven of this machine would do otherwise.
        replaceInLauncher("/usr/share/maven/bin/mvn", "/nonexistent/mvn");

        Run run = run(project, env, "checks");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains("please install Maven 3.8 or newer");
    }

    @Test
    void buildsAgainWhenASourceIsNewerOrGone() throws Exception {
        run(project, withJdk(), "checks");
        touchInFuture(project.resolve("src/main/java/A.java"));
        run(project, withJdk(), "checks");
        assertThat(builds()).isEqualTo(2);

        Files.setLastModifiedTime(project.resolve("src/main/java/A.java"), FileTime.from(Instant.EPOCH));
        Files.setLastModifiedTime(project.resolve("src/main/java"), FileTime.from(Instant.EPOCH));
        run(project, withJdk(), "checks");
        assertThat(builds()).isEqualTo(2);

        Files.delete(project.resolve("src/main/java/A.java"));
        run(project, withJdk(), "checks");
        assertThat(builds()).isEqualTo(3);
    }

    @Test
    void showsAFailedBuildAndDoesNotTakeItsJar() throws Exception {
        Map<String, String> env = Map.of("JAVA_HOME", withJdk().get("JAVA_HOME"), "FAKE_MAVEN_FAILS", "yes");

        Run failed = run(project, env, "checks");
        Run mended = run(project, withJdk(), "checks");

        assertThat(failed.exit()).isEqualTo(3);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err()).contains("it does not compile");
        assertThat(mended.exit()).isZero();
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void doesNotTakeAJarCutShort() throws Exception {
        run(project, withJdk(), "checks");
        Files.writeString(project.resolve("target/portcullis.jar"), "who");

        run(project, withJdk(), "checks");

        assertThat(builds()).isEqualTo(2);
        assertThat(project.resolve("target/portcullis.jar")).hasContent("whole jar");
    }

    @Test
    void buildsAgainAfterABuildThatWasKilled() throws Exception {
        Map<String, String> env = Map.of("JAVA_HOME", withJdk().get("JAVA_HOME"), "FAKE_MAVEN_HANGS", "yes");
        Started killed = start(project, env, List.of(launcher(), "checks"));
        await().until(() -> Files.exists(project.resolve("hangs")));
        killed.kill();

        Run next = run(project, withJdk(), "checks");

        assertThat(next.exit()).as(next.toString()).isZero();
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void buildsOnceForLaunchesInParallel() throws Exception {
        Map<String, String> env = Map.of("JAVA_HOME", withJdk().get("JAVA_HOME"), "FAKE_MAVEN_WAITS", "yes");
        Started first = start(project, env, List.of(launcher(), "one"));
        await().until(() -> Files.exists(project.resolve("builds")));
        Started second = start(project, env, List.of(launcher(), "two"));
        await().until(() -> Files.readString(second.err()).contains("waiting for the build"));
        Files.createFile(project.resolve("go"));

        assertThat(first.finish().arguments()).endsWith("one");
        assertThat(second.finish().arguments()).endsWith("two");
        assertThat(builds()).isEqualTo(1);
    }

    private record Run(int exit, String out, String err) {
        List<String> arguments() {
            return out.lines()
                    .filter(line -> line.startsWith("arg="))
                    .map(line -> line.substring(4))
                    .toList();
        }
    }

    private String launcher() {
        return project.resolve("portcullis").toString();
    }

    private Map<String, String> withJdk() throws IOException {
        return Map.of("JAVA_HOME", jdk("25", temp.resolve("jdk-25")).toString());
    }

    private static Path jdk(String version, Path folder) throws IOException {
        write(folder.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        write(folder.resolve("bin/java"), JAVA);
        write(folder.resolve("bin/javac"), JAVA);
        return folder;
    }

    private void requireJava(String version) throws IOException {
        replaceInLauncher("min_java=25", "min_java=" + version);
    }

    private void replaceInLauncher(String old, String replacement) throws IOException {
        String text = Files.readString(project.resolve("portcullis"));
        assertThat(text).contains(old);
        write(project.resolve("portcullis"), text.replace(old, replacement));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void touchInFuture(Path file) throws IOException {
        Files.setLastModifiedTime(
                file, FileTime.from(Files.getLastModifiedTime(file).toInstant().plusSeconds(60)));
    }

    private long builds() throws IOException {
        return Files.readAllLines(project.resolve("builds")).size();
    }

    private Run run(Path cwd, Map<String, String> env, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.addFirst(launcher());
        return run(cwd, env, command);
    }

    private Run run(Path cwd, Map<String, String> env, List<String> command) throws Exception {
        return start(cwd, env, command).finish();
    }

    private Started start(Path cwd, Map<String, String> env, List<String> command) throws IOException {
        Path out = Files.createTempFile(temp, "out", null);
        Path err = Files.createTempFile(temp, "err", null);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(cwd.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("HOME", home.toString());
        builder.environment().put("PATH", tools + File.pathSeparator + "/usr/bin:/bin");
        builder.environment().putAll(env);
        return new Started(builder.start(), out, err);
    }

    private record Started(Process process, Path out, Path err) {
        Run finish() throws Exception {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                kill();
            }
            return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
        }

        void kill() throws InterruptedException {
            List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
            all.add(process.toHandle());
            all.forEach(ProcessHandle::destroyForcibly);
            process.waitFor();
        }
    }
}

package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Stand-ins for the two bases of the Dockerfile, where none can be pulled: one with this machine's JDK and a busybox, one with
 * the libraries that a JVM needs and nothing else.
 *
 * @param folder for what is imported
 */
record LocalBases(DockerEngine engine, Path folder) {
    private static final String JDK = "build-base:1";
    private static final String LIBRARIES = "runtime-base:1";
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+\\.so\\S*) \\(0x");
    private static final Path ROOT = Path.of("/");
    private static final Path HOME = Path.of(System.getProperty("java.home"));

    /** Arguments of {@code docker build} that name them. */
    static List<String> buildArguments() {
        return List.of("--build-arg", "BUILD_BASE=" + JDK, "--build-arg", "RUNTIME_BASE=" + LIBRARIES);
    }

    void make() throws Exception {
        Path runtime = Files.createDirectory(folder.resolve("runtime"));
        addLibraries(runtime);
        Files.createDirectory(runtime.resolve("etc"));
        Files.writeString(runtime.resolve("etc/passwd"), "root:x:0:0::/:/sbin/nologin\n");
        pack("runtime", "-C", runtime.toString(), ".");
        load("runtime", LIBRARIES);

        Path build = Files.createDirectory(folder.resolve("build"));
        addLibraries(build);
        Path programs = Files.createDirectory(build.resolve("bin"));
        Files.copy(Path.of("/bin/busybox"), programs.resolve("busybox"));
        for (String applet : List.of("sh", "cp", "find", "touch", "mkdir", "chmod")) {
            Files.createSymbolicLink(programs.resolve(applet), Path.of("busybox"));
        }
        Files.createDirectories(build.resolve("opt/java"));
        // Links of a packaged JDK lead out of it, to the certificates of the machine.
        pack(
                "build",
                "--dereference",
                "--exclude=src.zip",
                "-C",
                build.toString(),
                ".",
                "-C",
                "/",
                "--transform=s,^" + ROOT.relativize(HOME) + ",opt/java/openjdk,",
                ROOT.relativize(HOME).toString());
        load("build", JDK, "ENV PATH=/opt/java/openjdk/bin:/bin");
    }

    /** Those that {@code ldd} names for the JVM, at their places. */
    private static void addLibraries(Path root) throws Exception {
        for (String file : List.of("bin/java", "lib/server/libjvm.so", "lib/libnet.so")) {
            Process ldd = new ProcessBuilder("ldd", HOME.resolve(file).toString()).start();
            String said = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            for (MatchResult library : LIBRARY.matcher(said).results().toList()) {
                Path source = Path.of(library.group(1));
                Path target = root.resolve(ROOT.relativize(source));
                if (!source.startsWith(HOME) && !Files.exists(target)) {
                    Files.createDirectories(target.getParent());
                    Files.copy(source.toRealPath(), target);
                }
            }
        }
        // Docker gives a tmpfs the mode of what is below it.
        Files.setPosixFilePermissions(
                Files.createDirectories(root.resolve("tmp")), PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private void pack(String name, String... contents) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("tar", "-c", "-f", folder.resolve(name + ".tar").toString()));
        command.addAll(List.of(contents));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private void load(String name, String image, String... changes) {
        List<String> command = new ArrayList<>(List.of("import"));
        for (String change : changes) {
            command.addAll(List.of("--change", change));
        }
        command.addAll(List.of(folder.resolve(name + ".tar").toString(), image));
        CommandResult result = engine.dockerPatiently(command.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.toString()).isZero();
    }
}

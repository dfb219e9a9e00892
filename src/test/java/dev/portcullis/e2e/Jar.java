package dev.portcullis.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The product as it is shipped: the one place that knows how it is launched. */
final class Jar {
    private static final Path FILE = Path.of("target", "portcullis.jar").toAbsolutePath();

    private Jar() {}

    /** The command line that runs it with this JVM's Java. */
    static List<String> command(String... arguments) {
        if (!Files.exists(FILE)) {
            throw new IllegalStateException("No " + FILE + ": run mvn package first, or mvn verify for all");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-jar",
                FILE.toString()));
        command.addAll(List.of(arguments));
        return command;
    }
}

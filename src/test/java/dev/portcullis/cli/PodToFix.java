package dev.portcullis.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A pod that {@code fix} mends. */
final class PodToFix {
    static final String TEXT = """
            apiVersion: v1
            kind: Pod
            metadata: {name: web}
            spec:
              containers:
              - name: web
                image: nginx:1.29.3
            """;

    private PodToFix() {}

    /** Writes it into a folder. */
    static Path in(Path folder) throws IOException {
        return Files.writeString(folder.resolve("pod.yaml"), TEXT);
    }
}

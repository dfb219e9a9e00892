package dev.portcullis.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The kubectl program with one user's rights.
 *
 * @param program the program file
 * @param kubeconfig the server and the user
 * @param folder an existing folder for its cache and for input and output on the way
 */
record Kubectl(Path program, Path kubeconfig, Path folder) {
    private static final int SECONDS = 60;

    CommandResult run(String stdin, String... args) {
        List<String> command = new ArrayList<>(List.of(
                program.toString(), "--kubeconfig=" + kubeconfig, "--cache-dir=" + folder.resolve("kubectl-cache")));
        command.addAll(List.of(args));
        try {
            // Files, since whoever reads two pipes in turn can wait for ever.
            Path in = Files.writeString(Files.createTempFile(folder, "kubectl", ".in"), stdin);
            Path out = Files.createTempFile(folder, "kubectl", ".out");
            Path err = Files.createTempFile(folder, "kubectl", ".err");
            Process process = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "kubectl did not end within " + SECONDS + " s: " + String.join(" ", args));
            }
            return new CommandResult(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while kubectl ran", e);
        }
    }
}

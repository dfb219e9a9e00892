package dev.portcullis.workload;

import java.util.List;

/**
 * A command in a Dockerfile.
 *
 * @param words the program and its arguments; one line for the shell where {@code shell}
 * @param texts scripts, or what is fed to the command
 */
public record BuildCommand(boolean shell, List<String> words, List<String> texts) {
    /** Without the command, which may hold a secret. */
    @Override
    public String toString() {
        return shell ? "a line for the shell" : "a program";
    }
}

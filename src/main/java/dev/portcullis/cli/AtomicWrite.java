package dev.portcullis.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;

/** Replaces the content of a file at once, so that nobody ever reads half of it. */
final class AtomicWrite {
    private AtomicWrite() {}

    /**
     * Replaces it, keeping its permissions; what a link leads to where it is one.
     *
     * @throws IOException where the file is not as it was read, or cannot be written
     */
    static void replace(Path named, String before, String after) throws IOException {
        Path file = named.toRealPath();
        if (!Files.isWritable(file)) {
            throw new IOException("it is not writable");
        }
        Path made = Files.createTempFile(file.getParent(), ".portcullis", ".tmp");
        try {
            Files.writeString(made, after);
            PosixFileAttributeView permissions = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (permissions != null) {
                Files.setPosixFilePermissions(made, permissions.readAttributes().permissions());
            }
            if (!Files.readString(file).equals(before)) {
                throw new IOException("it was changed meanwhile: run the command again");
            }
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(made);
        }
    }
}

package dev.portcullis.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/** Replaces the content of a file at once, so that nobody ever reads half of it. */
final class AtomicWrite {
    private AtomicWrite() {}

    /**
     * Replaces it, keeping its owner and permissions; what a link leads to where it is one. Other hard links to it keep what
     * it was.
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
            keepAttributes(file, made);
            if (!Files.readString(file).equals(before)) {
                throw new IOException("it was changed meanwhile: run the command again");
            }
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    private static void keepAttributes(Path file, Path made) throws IOException {
        PosixFileAttributeView to = Files.getFileAttributeView(made, PosixFileAttributeView.class);
        if (to == null) {
            return;
        }
        PosixFileAttributes from = Files.readAttributes(file, PosixFileAttributes.class);
        try {
            if (!from.owner().equals(to.readAttributes().owner())) {
                to.setOwner(from.owner());
            }
            if (!from.group().equals(to.readAttributes().group())) {
                to.setGroup(from.group());
            }
        } catch (IOException refused) {
            throw new IOException("it would not keep its owner and group: run the command as its owner", refused);
        }
        to.setPermissions(from.permissions());
    }
}

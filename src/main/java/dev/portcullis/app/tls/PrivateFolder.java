package dev.portcullis.app.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A folder that only its owner enters, whose files are replaced whole or not at all. */
record PrivateFolder(Path path) {
    /** Makes the folder (0700) where it is missing. */
    static PrivateFolder make(Path path) throws IOException {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        return new PrivateFolder(path);
    }

    Path file(String name) {
        return path.resolve(name);
    }

    boolean has(String name) {
        return Files.exists(file(name));
    }

    /** Writes a file that others may read, though not reach. */
    void write(String name, String text) throws IOException {
        replace(name, text, "rw-r--r--");
    }

    /** Writes a file for the owner alone; never, for however short a time, readable by others. */
    void writeSecret(String name, String text) throws IOException {
        replace(name, text, "rw-------");
    }

    private void replace(String name, String text, String permissions) throws IOException {
        Path temporary = file("." + name + ".new");
        Files.deleteIfExists(temporary);
        var attributes = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
        try (FileChannel channel = FileChannel.open(
                temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, file(name), StandardCopyOption.ATOMIC_MOVE);
    }
}

package dev.portcullis.notify;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A secret in a file, which is read whenever it is needed, so that one that changes is in use at once.
 *
 * @param property that names the file
 */
record SecretFile(Path file, String property) {
    private static final long LONGEST = 4_096;

    /** What it holds, without white space around it. */
    String read() throws IOException {
        long size = Files.size(file);
        if (size > LONGEST) {
            throw new IOException(file + " is longer than the " + LONGEST + " bytes of a secret");
        }
        try {
            String secret = Files.readString(file).strip();
            if (secret.isEmpty() || secret.chars().anyMatch(c -> c < ' ')) {
                throw new IOException(file + " is empty, or has several lines");
            }
            return secret;
        } catch (MalformedInputException binary) {
            throw new IOException(file + " is no text", binary);
        }
    }

    /** The same when something is to be sent. */
    String used() throws UnsentException {
        try {
            return read();
        } catch (IOException unreadable) {
            throw UnsentException.failed(property + " cannot be read: " + unreadable.getMessage(), null);
        }
    }
}

package broken.portcullis.catalogue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Answers by what is on the disk. */
final class ReadsFile {
    boolean isThere(String name) {
        return Files.exists(Path.of(name));
    }
}

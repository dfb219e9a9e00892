package dev.portcullis.resource;

import dev.portcullis.workload.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads the files that are named, or that a folder holds. */
final class Sources {
    private static final int MOST_FILES = 1_000;
    static final int MOST_BYTES = 1 << 20;
    private static final int LONGEST_PATH = 4_096;
    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

    private final Problems problems;

    Sources(Problems problems) {
        this.problems = problems;
    }

    /** Hands each file's name and text to {@code reader}; what cannot be read is told. */
    void read(Path fileOrFolder, BiConsumer<String, byte[]> reader) {
        if (fileOrFolder.toString().isEmpty()) {
            problems.add("--policy", null, "names no file or folder");
            return;
        }
        List<Path> files = list(fileOrFolder);
        if (files != null) {
            files.forEach(file -> readFile(file, attributes(file), reader));
        }
    }

    /**
     * The files that are meant, in the order in which they are read; that there are none is told. Null where nobody can say
     * whether there are any, which is told as well.
     */
    @Nullable List<Path> list(Path fileOrFolder) {
        BasicFileAttributes attributes = attributes(fileOrFolder);
        if (attributes == null) {
            return Files.notExists(fileOrFolder, LinkOption.NOFOLLOW_LINKS) ? List.of() : null;
        }
        return attributes.isDirectory() ? inFolder(fileOrFolder) : List.of(fileOrFolder);
    }

    private @Nullable BasicFileAttributes attributes(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (IOException unreadable) {
            refuse(path, unreadable);
            return null;
        }
    }

    private @Nullable List<Path> inFolder(Path folder) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Sources::isNamedLikeAPolicy)) {
            for (Path entry : entries) {
                if (files.size() == MOST_FILES) {
                    problems.add(name(folder), null, "over 1,000 files: merge some into one");
                    return null;
                }
                files.add(entry);
            }
        } catch (DirectoryIteratorException broken) {
            refuse(folder, Objects.requireNonNull(broken.getCause()));
            return null;
        } catch (IOException unreadable) {
            refuse(folder, unreadable);
            return null;
        }
        if (files.isEmpty()) {
            problems.add(name(folder), null, "no .yaml, .yml or .json file is in this folder");
        }
        files.sort(null);
        return files;
    }

    private static boolean isNamedLikeAPolicy(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    private void readFile(Path file, @Nullable BasicFileAttributes attributes, BiConsumer<String, byte[]> reader) {
        if (attributes == null) {
            return;
        }
        if (!attributes.isRegularFile()) {
            problems.add(name(file), null, "is no regular file: name a file of YAML or JSON");
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] text = in.readNBytes(MOST_BYTES + 1);
            if (text.length > MOST_BYTES) {
                problems.add(name(file), null, "over 1 MiB: split it into several files");
                return;
            }
            reader.accept(name(file), text);
        } catch (IOException unreadable) {
            refuse(file, unreadable);
        }
    }

    private void refuse(Path path, IOException unreadable) {
        problems.add(
                name(path),
                null,
                switch (unreadable) {
                    case NoSuchFileException _
                    when Files.isSymbolicLink(path) -> "is a symbolic link to nothing: mend or remove it";
                    case NoSuchFileException _ -> "there is no such file or folder";
                    case AccessDeniedException _ -> "cannot be read: permission denied";
                    case FileSystemException other
                    when other.getReason() != null -> "cannot be read: " + other.getReason();
                    default -> "cannot be read: " + unreadable.getMessage();
                });
    }

    /** As the user named it, without anything that a terminal could take for a command. */
    static String name(Path path) {
        return Printable.text(path.toString(), LONGEST_PATH);
    }
}

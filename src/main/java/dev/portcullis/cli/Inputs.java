package dev.portcullis.cli;

import dev.portcullis.document.UnreadableException;
import dev.portcullis.inspection.Inspection;
import dev.portcullis.inspection.Inspector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Reads what the user named, as far as it can be read, and has it judged. What cannot be read is told, never dropped. */
final class Inputs {
    /** Manifests are far smaller; a file above this is not one. */
    private static final int LARGEST_FILE = 64 << 20;

    private static final int DEEPEST_FOLDER = 64;
    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

    private final Inspector inspector;
    private final ComposeFolders folders;
    private final InputStream standardInput;
    private final List<Inspection> inspections = new ArrayList<>();
    private boolean vanished;

    Inputs(Inspector inspector, ComposeFolders folders, InputStream standardInput) {
        this.inspector = inspector;
        this.folders = folders;
        this.standardInput = standardInput;
    }

    List<Inspection> inspections() {
        return inspections;
    }

    /** Whether a file that a folder listed was gone when it was to be read. */
    boolean vanished() {
        return vanished;
    }

    void add(String named) {
        if (named.equals("-")) {
            addOne("-", standardInput);
            return;
        }
        Path path = Path.of(named);
        if (Files.isDirectory(path)) {
            addFolder(path);
        } else {
            try (InputStream content = Files.newInputStream(path)) {
                addOne(named, content);
            } catch (NoSuchFileException missing) {
                unreadable(named, "no such file or folder");
            } catch (IOException failed) {
                unreadable(named, "cannot be read: " + failed.getMessage());
            }
        }
    }

    /** What was named outright must hold a workload. */
    private void addOne(String source, InputStream content) {
        int before = inspections.size();
        read(source, content);
        List<Inspection> added = inspections.subList(before, inspections.size());
        if (added.stream().allMatch(Inspection.NoWorkload.class::isInstance)) {
            added.clear();
            unreadable(
                    source,
                    "holds no pod, no controller of pods, no container-create body and no service of a compose file; Dockerfiles are not read yet");
        }
    }

    private void read(String source, InputStream content) {
        try {
            byte[] text = content.readNBytes(LARGEST_FILE + 1);
            if (text.length > LARGEST_FILE) {
                unreadable(source, "is larger than " + (LARGEST_FILE >> 20) + " MiB");
                return;
            }
            inspections.addAll(inspector.inspect(source, text, Integer.MAX_VALUE));
        } catch (UnreadableException unreadable) {
            inspections.add(new Inspection.Unreadable(
                    source, unreadable.position(), String.valueOf(unreadable.getMessage()), true));
        } catch (IOException failed) {
            unreadable(source, "cannot be read: " + failed.getMessage());
        }
    }

    private void addFolder(Path folder) {
        int before = inspections.size();
        readFolder(folder);
        if (inspections.size() == before) {
            unreadable(folder.toString(), "holds no yaml, yml or json file with a document in it");
        }
    }

    private void readFolder(Path folder) {
        Set<Path> files = new TreeSet<>();
        try {
            Files.walkFileTree(
                    folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST_FOLDER, new Collector(folder, files));
        } catch (IOException failed) {
            unreadable(folder.toString(), "cannot be read: " + failed.getMessage());
        }
        // Before any of them is read: whether a compose file stands alone depends on those beside it.
        files.removeIf(folders::isOverride);
        for (Path file : files) {
            try (InputStream content = Files.newInputStream(file)) {
                read(file.toString(), content);
            } catch (NoSuchFileException gone) {
                boolean link = Files.isSymbolicLink(file);
                vanished |= !link;
                unreadable(file.toString(), link ? "leads nowhere" : "went away while the folder was read");
            } catch (IOException failed) {
                unreadable(file.toString(), "cannot be read: " + failed.getMessage());
            }
        }
    }

    private void unreadable(String source, String problem) {
        inspections.add(new Inspection.Unreadable(source, null, problem, true));
    }

    private final class Collector extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Set<Path> files;

        Collector(Path root, Set<Path> files) {
            this.root = root;
            this.files = files;
        }

        /** Folders of tools, such as those of version control. */
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean hidden =
                    !folder.equals(root) && String.valueOf(folder.getFileName()).startsWith(".");
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
            // A symbolic link that leads nowhere is read too, to be told as missing.
            boolean readable = attributes.isRegularFile() || attributes.isSymbolicLink();
            if (readable && ENDINGS.stream().anyMatch(name::endsWith)) {
                files.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            if (!(failure instanceof FileSystemLoopException)) {
                unreadable(file.toString(), "cannot be read: " + failure.getMessage());
            }
            return FileVisitResult.CONTINUE;
        }
    }
}

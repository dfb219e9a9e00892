package dev.portcullis.cli;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The files below a folder whose names say that they may be meant, in the order of their names. Links are followed. */
final class FolderFiles extends SimpleFileVisitor<Path> {
    private static final int DEEPEST_FOLDER = 64;
    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

    private final Path root;
    private final Predicate<String> meant;
    private final Set<Path> files = new TreeSet<>();
    private final Map<Path, String> problems = new TreeMap<>();

    private FolderFiles(Path root, Predicate<String> meant) {
        this.root = root;
        this.meant = meant;
    }

    /** @param meant is asked about the name of each file, in lower case and without its folder */
    static FolderFiles below(Path folder, Predicate<String> meant) {
        FolderFiles found = new FolderFiles(folder, meant);
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST_FOLDER, found);
        } catch (IOException failed) {
            found.problems.put(folder, problem(failed));
        }
        return found;
    }

    /** Whether a name in lower case is that of a file of YAML or JSON. */
    static boolean isYamlOrJson(String name) {
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    /** Regular files, and symbolic links that lead nowhere, so that they can be told as missing. */
    Set<Path> files() {
        return files;
    }

    /** What could not be looked into, and why. */
    Map<Path, String> problems() {
        return problems;
    }

    private static String problem(IOException failed) {
        return "cannot be read: " + failed.getMessage();
    }

    /** Passes over folders of tools, such as those of version control. */
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        boolean hidden =
                !folder.equals(root) && String.valueOf(folder.getFileName()).startsWith(".");
        return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        boolean readable = attributes.isRegularFile() || attributes.isSymbolicLink();
        if (readable && meant.test(String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT))) {
            files.add(file);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
        if (!(failure instanceof FileSystemLoopException)) {
            problems.put(file, problem(failure));
        }
        return FileVisitResult.CONTINUE;
    }
}

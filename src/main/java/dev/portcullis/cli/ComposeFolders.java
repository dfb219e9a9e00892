package dev.portcullis.cli;

import dev.portcullis.docker.compose.EnvironmentFile;
import dev.portcullis.docker.compose.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What lies around the compose files that the user named: the process's environment, {@code .env}, and other files. */
final class ComposeFolders implements Surroundings {
    /** The largest file that a compose file may name. */
    private static final int LARGEST = 4 << 20;

    /** The names that {@code docker compose} looks for, in its order. */
    private static final List<String> NAMES =
            List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");

    private static final List<String> OVERRIDES = List.of(
            "compose.override.yml",
            "compose.override.yaml",
            "docker-compose.override.yml",
            "docker-compose.override.yaml");

    private final Map<String, String> environment;
    private final List<String> named;
    private final Map<Path, String> found = new HashMap<>();

    /** @param overrides files that are merged over each compose file, in their order */
    ComposeFolders(Map<String, String> environment, List<String> overrides) {
        this.environment = environment;
        this.named = overrides.stream()
                .map(file -> Path.of(file).toAbsolutePath().toString())
                .toList();
    }

    /**
     * Whether {@code docker compose} would merge a file of a folder over another, so that it is not one of its own; from now on
     * it is merged.
     */
    boolean isOverride(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        String name = String.valueOf(file.getFileName());
        if (folder == null || !OVERRIDES.contains(name)) {
            return false;
        }
        Optional<Path> base = first(folder, NAMES);
        boolean merged = base.isPresent() && first(folder, OVERRIDES).equals(Optional.of(folder.resolve(name)));
        if (merged) {
            found.put(base.orElseThrow(), folder.resolve(name).toString());
        }
        return merged;
    }

    private static Optional<Path> first(Path folder, List<String> names) {
        return names.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
    }

    @Override
    public @Nullable Location of(@Nullable String source) {
        if (source == null) {
            return null;
        }
        Path file = source.equals("-")
                ? Path.of("-").toAbsolutePath()
                : Path.of(source).toAbsolutePath();
        String override = found.get(file);
        return new Folder(parent(file), override == null ? named : List.of(override));
    }

    private static Path parent(Path file) {
        Path folder = file.getParent();
        return folder == null ? file : folder;
    }

    private final class Folder implements Location {
        private final Path path;
        private final List<String> overrides;

        Folder(Path path, List<String> overrides) {
            this.path = path;
            this.overrides = overrides;
        }

        @Override
        public String folder() {
            return path.normalize().toString();
        }

        @Override
        public Map<String, String> environment() throws IOException {
            Path file = path.resolve(".env");
            Map<String, String> variables = new LinkedHashMap<>();
            if (Files.isRegularFile(file)) {
                variables.putAll(EnvironmentFile.parse(new String(bytes(file), StandardCharsets.UTF_8), environment));
            }
            variables.putAll(environment);
            return variables;
        }

        @Override
        public byte[] read(String file) throws IOException {
            try {
                return bytes(path.resolve(file));
            } catch (InvalidPathException e) {
                throw new IOException("no valid path", e);
            }
        }

        private static byte[] bytes(Path file) throws IOException {
            if (!Files.isRegularFile(file)) {
                throw new IOException("no such file");
            }
            try (InputStream content = Files.newInputStream(file)) {
                byte[] bytes = content.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw new IOException("larger than " + (LARGEST >> 20) + " MiB");
                }
                return bytes;
            }
        }

        @Override
        public Location beside(String file) throws IOException {
            try {
                return new Folder(parent(path.resolve(file)), List.of());
            } catch (InvalidPathException e) {
                throw new IOException("no valid path", e);
            }
        }

        @Override
        public boolean isFolder(String file) {
            try {
                return Files.isDirectory(path.resolve(file));
            } catch (InvalidPathException e) {
                return false;
            }
        }

        @Override
        public List<String> overrides() {
            return overrides;
        }
    }
}

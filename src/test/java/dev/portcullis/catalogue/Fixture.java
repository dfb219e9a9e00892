package dev.portcullis.catalogue;

import dev.portcullis.check.Result;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.document.Yaml;
import dev.portcullis.workload.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * One document of {@code src/test/fixtures}, {@code <check>/<case>.<verdict>.<pod.yaml|docker.json>}.
 *
 * @param check the check it is about, its folder
 * @param verdict what that check makes of it
 * @param document what is judged; tests change copies
 */
record Fixture(String check, Path file, Result verdict, Platform platform, Header header, ObjectNode document) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+\\.(pass|fail|skip)\\.(pod\\.yaml|docker\\.json)");

    /** Whether a file's name is that of a fixture. */
    static boolean isNamed(Path file) {
        return NAME.matcher(file.getFileName().toString()).matches();
    }

    static Fixture read(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalArgumentException(file + " is not named <case>.<verdict>.<pod.yaml|docker.json>");
        }
        Platform platform = name.group(2).equals("pod.yaml") ? Platform.KUBERNETES : Platform.DOCKER;
        try {
            Path header = headerOf(file, platform);
            return new Fixture(
                    file.getName(file.getNameCount() - 2).toString(),
                    file,
                    Result.valueOf(name.group(1).toUpperCase(Locale.ROOT)),
                    platform,
                    Header.parse(Files.exists(header) ? Files.readAllLines(header) : List.of()),
                    document(file));
        } catch (IOException | RuntimeException e) {
            throw new AssertionError(file + ": " + e.getMessage(), e);
        }
    }

    /** JSON has no comments: a {@code .header} file beside it holds them. */
    private static Path headerOf(Path file, Platform platform) {
        return platform == Platform.KUBERNETES ? file : file.resolveSibling(file.getFileName() + ".header");
    }

    /** The one document of a file. */
    static ObjectNode document(Path file) throws IOException {
        try {
            return (ObjectNode)
                    Yaml.readAll(Files.readAllBytes(file), 1).getFirst().root();
        } catch (UnreadableException e) {
            throw new AssertionError(file + ": " + e.getMessage(), e);
        }
    }

    /** Where its verdict holds, the strictest profile and the newest version. */
    Criterion criterion() {
        return Criterion.ALL.stream()
                .filter(criterion -> criterion.asks(check) && header.covers(criterion))
                .findFirst()
                .orElseThrow(() -> new AssertionError(this + " is judged nowhere"));
    }

    /** Where its findings are kept. */
    Path golden() {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".golden.yaml");
    }

    @Override
    public String toString() {
        return check + "/" + file.getFileName();
    }
}

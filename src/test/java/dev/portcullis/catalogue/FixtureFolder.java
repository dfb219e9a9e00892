package dev.portcullis.catalogue;

import dev.portcullis.workload.Form;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** All of {@code src/test/fixtures}. */
final class FixtureFolder {
    private static final Path ROOT = Path.of("src", "test", "fixtures");
    private static final Path BASE = ROOT.resolve("_base");

    private static final List<Fixture> FIXTURES = files().stream()
            .filter(file -> !file.startsWith(BASE) && Fixture.isNamed(file))
            .map(Fixture::read)
            .toList();

    private FixtureFolder() {}

    static List<Fixture> fixtures() {
        return FIXTURES;
    }

    /** The document of a form that passes every check. */
    static ObjectNode base(Form form) {
        return Fixture.document(baseText(form));
    }

    /** The text of a form that passes every check. */
    static String baseText(Form form) {
        try {
            return Files.readString(baseFile(form));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file of a form that passes every check, named by the form's ending alone. */
    static Path baseFile(Form form) {
        return Fixture.FORMS.entrySet().stream()
                .filter(ending -> ending.getValue() == form)
                .map(ending -> BASE.resolve(ending.getKey()))
                .findFirst()
                .orElseThrow();
    }

    static List<Path> files() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folders, one a check. */
    static List<String> checks() {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(folder -> !folder.equals(BASE))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

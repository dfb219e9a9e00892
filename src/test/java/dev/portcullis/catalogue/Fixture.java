package dev.portcullis.catalogue;

import dev.portcullis.check.Result;
import dev.portcullis.docker.ComposeReader;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.document.Yaml;
import dev.portcullis.document.YamlDialect;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Matter;
import dev.portcullis.workload.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One text of {@code src/test/fixtures}, {@code <check>/<case>.<verdict>.<ending>}, the ending telling its form.
 *
 * @param check the check it is about, its folder
 * @param verdict what that check makes of it
 */
record Fixture(String check, Path file, Result verdict, Form form, Header header, String text) {
    /** The forms that fixtures are written in, by the ending of their names. */
    static final Map<String, Form> FORMS = Map.of(
            "pod.yaml", Form.POD,
            "docker.json", Form.CONTAINER,
            "Dockerfile", Form.DOCKERFILE,
            "request.json", Form.ENGINE_REQUEST,
            "review.yaml", Form.POD_REQUEST,
            "image.json", Form.IMAGE,
            "compose.yaml", Form.COMPOSE_SERVICE);

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+\\.(pass|fail|skip)\\.(%s)"
            .formatted(String.join("|", FORMS.keySet()).replace(".", "\\.")));

    /** The forms that are trees of values, which can be moved, patched and looked at for fields that nobody knows. */
    static final Set<Form> TREES = Set.copyOf(
            FORMS.values().stream().filter(form -> form != Form.DOCKERFILE).toList());

    /** Whether a file's name is that of a fixture. */
    static boolean isNamed(Path file) {
        return NAME.matcher(file.getFileName().toString()).matches();
    }

    static Fixture read(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalArgumentException(file + " is not named <case>.<verdict>.<ending>");
        }
        try {
            return new Fixture(
                    file.getName(file.getNameCount() - 2).toString(),
                    file,
                    Result.valueOf(name.group(1).toUpperCase(Locale.ROOT)),
                    Objects.requireNonNull(FORMS.get(name.group(2))),
                    Header.parse(Files.readAllLines(headerOf(file).orElse(file))),
                    Files.readString(file));
        } catch (IOException | RuntimeException e) {
            throw new AssertionError(file + ": " + e.getMessage(), e);
        }
    }

    /** JSON has no comments: a {@code .header} file beside it holds what YAML says at its top. */
    private static Optional<Path> headerOf(Path file) {
        return Optional.of(file.resolveSibling(file.getFileName() + ".header"))
                .filter(header -> file.toString().endsWith(".json") && Files.exists(header));
    }

    Optional<Path> headerFile() {
        return headerOf(file);
    }

    /** What is judged. */
    Matter matter() {
        return knowing(Documents.matter(form, text));
    }

    /** What another tree of its form says, with what is known of its images. */
    Matter matter(JsonNode tree) {
        return knowing(Documents.matter(form, tree));
    }

    private Matter knowing(Matter matter) {
        return matter instanceof Workload workload
                ? workload.knowing(header.images()).resolving(header.digests())
                : matter;
    }

    /** Its tree, made anew each time, where its form is a tree. */
    ObjectNode document() {
        return document(text);
    }

    private static YamlDialect dialect(Set<String> rootKeys) {
        return ComposeReader.isComposeFile(rootKeys) ? YamlDialect.COMPOSE : YamlDialect.KUBERNETES;
    }

    /** The one document of a text. */
    static ObjectNode document(String text) {
        try {
            Yaml.Result read = Yaml.readEach(text.getBytes(StandardCharsets.UTF_8), 1, Fixture::dialect)
                    .getFirst();
            return (ObjectNode) ((Yaml.Read) read).document().root();
        } catch (UnreadableException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** Every profile at every version, with the parameters that it sets. */
    Stream<Criterion> criteria() {
        return Criterion.ALL.stream().map(criterion -> criterion.with(check, header.parameters()));
    }

    /** Where its verdict holds, the strictest profile and the newest version. */
    Criterion criterion() {
        return criteria()
                .filter(criterion -> criterion.asks(check) && header.covers(criterion))
                .findFirst()
                .orElseThrow(() -> new AssertionError(this + " is judged nowhere"));
    }

    /** Where its findings are kept. */
    Path golden() {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.replaceFirst("\\.(yaml|json)$", "") + ".golden.yaml");
    }

    @Override
    public String toString() {
        return check + "/" + file.getFileName();
    }
}

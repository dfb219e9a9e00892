package dev.portcullis.document;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;

/**
 * Reads YAML, unless another dialect is asked for, as Kubernetes' own reader, {@code sigs.k8s.io/yaml} in its strict mode, does: {@code yes} is true, {@code 0644}
 * is 420, a key that stands twice is refused, also through a merge key. A text that is JSON is read by {@link Json}, as kubectl
 * does. Nesting is at most 500; aliases may add at most 100,000 values to a document.
 */
public final class Yaml {
    private final YamlText text;
    private final int maxDocuments;
    private final YamlDialect.Choice dialects;
    private final List<Result> results = new ArrayList<>();

    private Yaml(YamlText text, int maxDocuments, YamlDialect.Choice dialects) {
        this.text = text;
        this.maxDocuments = maxDocuments;
        this.dialects = dialects;
    }

    /** One document of a stream, or why it cannot be read. */
    public sealed interface Result {}

    /** A document that could be read. */
    public record Read(Document document) implements Result {}

    /** A document that could not. */
    public record Unread(UnreadableException error) implements Result {}

    /**
     * The documents of a stream; those that are empty or null are left out, as kubectl does.
     *
     * @throws UnreadableException when one of them cannot be read, or there are too many
     */
    public static List<Document> readAll(byte[] utf8, int maxDocuments) throws UnreadableException {
        List<Document> documents = new ArrayList<>();
        for (Result result : readEach(utf8, maxDocuments)) {
            switch (result) {
                case Read read -> documents.add(read.document());
                case Unread unread -> throw unread.error();
            }
        }
        return documents;
    }

    /**
     * As {@link #readAll}, but a document that cannot be read does not hide the others: reading goes on at the next line
     * that starts with {@code ---}.
     *
     * @throws UnreadableException when the text as a whole is no YAML text, or has too many documents
     */
    public static List<Result> readEach(byte[] utf8, int maxDocuments) throws UnreadableException {
        return readEach(utf8, maxDocuments, YamlDialect.Choice.KUBERNETES_ONLY);
    }

    /**
     * As {@link #readEach(byte[], int)}, each document in a dialect of its own.
     *
     * @throws UnreadableException when the text as a whole is no YAML text, or has too many documents
     */
    public static List<Result> readEach(byte[] utf8, int maxDocuments, YamlDialect.Choice dialects)
            throws UnreadableException {
        if (mayBeJson(utf8)) {
            try {
                return List.of(new Read(Json.readWithPositions(utf8)));
            } catch (UnreadableException e) {
                // Flow style, or JSON that YAML will refuse too and explain.
            }
        }
        Yaml yaml = new Yaml(new YamlText(utf8), maxDocuments, dialects);
        UnreadableException error = yaml.readToError();
        while (error != null) {
            yaml.keep(new Unread(error));
            error = yaml.text.skipToMarker(error) ? yaml.readToError() : null;
        }
        return yaml.results;
    }

    private static boolean mayBeJson(byte[] utf8) {
        for (byte b : utf8) {
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b == '{' || b == '[';
            }
        }
        return false;
    }

    /** Reads on from the text's present start; why the document that ended it could not be parsed, or null at the end. */
    private @Nullable UnreadableException readToError() throws UnreadableException {
        Parser parser = new ParserImpl(new KubernetesScanner(text, options()));
        while (true) {
            YamlNode root;
            try {
                root = nextRoot(parser);
            } catch (MarkedYAMLException e) {
                return notYaml(e);
            } catch (UnreadableException e) {
                return e;
            }
            if (root == null) {
                return null;
            }
            keep(convert(root));
        }
    }

    private @Nullable YamlNode nextRoot(Parser parser) throws UnreadableException {
        while (!parser.checkEvent(Event.ID.StreamEnd)) {
            if (parser.getEvent().is(Event.ID.DocumentStart)) {
                return new YamlComposer(parser, text).compose();
            }
        }
        return null;
    }

    private Result convert(YamlNode root) {
        try {
            return new Read(YamlTree.read(root, dialects));
        } catch (UnreadableException e) {
            return new Unread(e);
        }
    }

    private void keep(Result result) throws UnreadableException {
        if (result instanceof Read(Document document) && document.root().isNull()) {
            return;
        }
        if (results.size() == maxDocuments) {
            throw UnreadableException.tooManyDocuments(maxDocuments);
        }
        results.add(result);
    }

    private UnreadableException notYaml(MarkedYAMLException e) {
        Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
        return new UnreadableException(
                "not YAML (" + e.getProblem() + ")",
                mark == null ? null : text.position(mark),
                "correct the text there, or quote it");
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        // The callers bound the text, the composer the nesting.
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setNestingDepthLimit(Integer.MAX_VALUE);
        return options;
    }
}

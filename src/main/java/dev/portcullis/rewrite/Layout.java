package dev.portcullis.rewrite;

import dev.portcullis.document.Document;
import dev.portcullis.document.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.core.JacksonException;

/**
 * A text and where the nodes of its documents stand in it.
 *
 * @param mark the byte-order mark with which it begins, which offsets do not count; else empty
 */
record Layout(String mark, Lines lines, List<Place> places) {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Comparator<Position> ORDER =
            Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

    /** A document, and where it begins. */
    record Place(Document document, Position start, Node root) {}

    /** Null where the nodes of the text are not those of the documents. */
    static @Nullable Layout of(String whole, List<Document> documents) {
        String mark = whole.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
        String text = whole.substring(mark.length());
        Lines lines = new Lines(text);
        try {
            List<Place> places = mark.isEmpty() && isJson(text) && documents.size() == 1
                    ? List.of(new Place(documents.getFirst(), new Position(1, 1), JsonLayout.read(text)))
                    : places(YamlLayout.read(text), documents, lines);
            return places.size() == documents.size() ? new Layout(mark, lines, places) : null;
        } catch (YAMLException | JacksonException otherwise) {
            return null;
        }
    }

    private static boolean isJson(String text) {
        try {
            String start = text.stripLeading();
            if (!start.startsWith("{") && !start.startsWith("[")) {
                return false;
            }
            JsonLayout.read(text);
            return true;
        } catch (JacksonException yaml) {
            return false;
        }
    }

    /** Documents without a value have none, but a node. */
    private static List<Place> places(List<Node> roots, List<Document> documents, Lines lines) {
        Map<Position, Node> starts = new HashMap<>();
        roots.forEach(root -> starts.put(lines.position(root.start()), root));
        List<Place> places = new ArrayList<>();
        for (Document document : documents) {
            Position start = document.positions().of("");
            Node root = starts.get(start);
            if (start != null && root != null) {
                places.add(new Place(document, start, root));
            }
        }
        return places;
    }

    /** Changes by the number of their document; what stands before all of them is of the first. */
    Map<Integer, List<Change>> byDocument(List<Change> changes) {
        List<Position> starts = places.stream().map(Place::start).toList();
        return changes.stream().collect(Collectors.groupingBy(change -> number(starts, change.within())));
    }

    private static int number(List<Position> starts, Position within) {
        int found = Collections.binarySearch(starts, within, ORDER);
        return Math.max(0, found >= 0 ? found : -found - 2);
    }
}

package dev.portcullis.rewrite;

import dev.portcullis.document.Document;
import dev.portcullis.document.JsonPatch;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.document.Yaml;
import dev.portcullis.document.YamlDialect;
import dev.portcullis.workload.Edit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes changes into a text of one or many documents, YAML or JSON. Comments, order, quotes, indentation, anchors and line
 * breaks stay as they are. What was written is read again: unless it says what the changes ask for, and nothing else, the
 * text is left as it was.
 */
public final class Rewriter {
    private static final String MISTAKE =
            "it could not be written without changing something else, which is a mistake of Portcullis: please report it, and edit by hand";
    private static final String NO_OBJECT = "the document is no mapping with such a field";

    private final Layout layout;
    private final YamlDialect.Choice dialects;
    private final List<Splice> splices = new ArrayList<>();
    private final List<JsonNode> wanted = new ArrayList<>();
    private final List<Rewriting.Refused> refused = new ArrayList<>();

    private Rewriter(Layout layout, YamlDialect.Choice dialects) {
        this.layout = layout;
        this.dialects = dialects;
    }

    /**
     * Writes as many of the changes as can be written.
     *
     * @param utf8 a text of which every document can be read
     * @param dialects by which it is read
     * @throws UnreadableException where it cannot be
     */
    public static Rewriting rewrite(byte[] utf8, YamlDialect.Choice dialects, List<Change> changes)
            throws UnreadableException {
        List<Document> documents = read(utf8, dialects);
        Layout layout = Layout.of(new String(utf8, StandardCharsets.UTF_8), documents);
        if (layout == null) {
            return new Rewriting(new String(utf8, StandardCharsets.UTF_8), refuse(changes, MISTAKE));
        }
        Rewriter rewriter = new Rewriter(layout, dialects);
        Map<Integer, List<Change>> byDocument = layout.byDocument(changes);
        for (int i = 0; i < layout.places().size(); i++) {
            rewriter.write(layout.places().get(i), byDocument.getOrDefault(i, List.of()));
        }
        String written = rewriter.written();
        return written == null
                ? new Rewriting(new String(utf8, StandardCharsets.UTF_8), refuse(changes, MISTAKE))
                : new Rewriting(written, List.copyOf(rewriter.refused));
    }

    private static List<Document> read(byte[] utf8, YamlDialect.Choice dialects) throws UnreadableException {
        List<Document> documents = new ArrayList<>();
        for (Yaml.Result result : Yaml.readEach(utf8, Integer.MAX_VALUE, dialects)) {
            switch (result) {
                case Yaml.Read read -> documents.add(read.document());
                case Yaml.Unread unread -> throw unread.error();
            }
        }
        return documents;
    }

    /** What is written, if it says what it should; else null. */
    private @Nullable String written() {
        try {
            String text = layout.mark() + Splice.apply(layout.lines().text(), splices);
            List<JsonNode> said = read(text.getBytes(StandardCharsets.UTF_8), dialects).stream()
                    .map(Document::root)
                    .toList();
            return said.equals(wanted) ? text : null;
        } catch (IllegalArgumentException | UnreadableException broken) {
            return null;
        }
    }

    /** Leaves changes out until the rest can be written together. */
    private void write(Layout.Place place, List<Change> changes) {
        List<Change> left = new ArrayList<>(changes);
        while (!left.isEmpty() && place.document().root() instanceof ObjectNode root) {
            Copy copy = new Copy(root);
            List<Change> impossible = apply(left, copy);
            if (impossible.isEmpty()) {
                Weaver.Woven woven = Weaver.weave(layout.lines(), dialect(root), place.root(), copy);
                if (woven.conflicts().isEmpty()) {
                    splices.addAll(woven.splices());
                    wanted.add(copy.changed());
                    return;
                }
                impossible = blamed(woven.conflicts(), left);
            }
            left.removeAll(impossible);
        }
        refused.addAll(refuse(left, NO_OBJECT));
        wanted.add(place.document().root());
    }

    private YamlDialect dialect(ObjectNode root) {
        return dialects.of(new HashSet<>(root.propertyNames()));
    }

    /** Makes the edits in a copy; the changes that have no place in it. */
    private List<Change> apply(List<Change> changes, Copy copy) {
        List<Change> impossible = new ArrayList<>();
        for (Change change : changes) {
            try {
                JsonPatch.apply(copy.changed(), change.edits());
            } catch (IllegalArgumentException | ClassCastException | JacksonException noPlace) {
                impossible.add(change);
                refused.addAll(refuse(List.of(change), NO_OBJECT));
            }
        }
        return impossible;
    }

    /** The changes that conflicts are about; all where it cannot be told. */
    private List<Change> blamed(List<Weaver.Conflict> conflicts, List<Change> changes) {
        List<Change> blamed = new ArrayList<>();
        for (Change change : changes) {
            conflicts.stream()
                    .filter(conflict -> touches(change, conflict.pointer()))
                    .findFirst()
                    .ifPresent(conflict -> {
                        blamed.add(change);
                        refused.add(new Rewriting.Refused(change, conflict.reason()));
                    });
        }
        if (blamed.isEmpty()) {
            refused.addAll(refuse(changes, conflicts.getFirst().reason()));
            return changes.stream().toList();
        }
        return blamed;
    }

    private static boolean touches(Change change, String pointer) {
        return change.edits().stream()
                .map(Edit::path)
                .map(path -> path.pointer() + "/")
                .anyMatch(path -> path.startsWith(pointer + "/") || (pointer + "/").startsWith(path));
    }

    private static List<Rewriting.Refused> refuse(List<Change> changes, String reason) {
        return changes.stream()
                .map(change -> new Rewriting.Refused(change, reason))
                .collect(Collectors.toList());
    }
}

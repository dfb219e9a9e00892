package dev.portcullis.inspection;

import dev.portcullis.docker.MalformedBodyException;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Documents that are a list of objects, or one of them alone. */
final class Listing {
    private Listing() {}

    /**
     * One object.
     *
     * @param path where it stands
     */
    record Element(JsonNode node, FieldPath path) {}

    /** What reads an object. */
    @FunctionalInterface
    interface Reading {
        Workload read(JsonNode node, FieldPath path) throws MalformedBodyException;
    }

    static List<Element> of(JsonNode root) {
        if (!root.isArray()) {
            return List.of(new Element(root, FieldPath.ROOT));
        }
        List<Element> elements = new ArrayList<>(root.size());
        for (JsonNode node : root) {
            elements.add(new Element(node, FieldPath.ROOT.index(elements.size())));
        }
        return elements;
    }

    /** What an object that an engine has, and that nobody can patch, is read as. */
    static DocumentReader.Item item(Element element, Reading reading) {
        try {
            Workload workload = reading.read(element.node(), element.path());
            return new DocumentReader.Found(element.path(), workload, DocumentReader.Patching.IMPOSSIBLE);
        } catch (MalformedBodyException malformed) {
            return new DocumentReader.Malformed(malformed.path(), String.valueOf(malformed.getMessage()));
        }
    }
}

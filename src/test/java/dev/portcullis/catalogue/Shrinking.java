package dev.portcullis.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes a document as small as it can be while it keeps a property, by leaving out one part after the other. */
final class Shrinking {

    private Shrinking() {}

    static ObjectNode smallest(ObjectNode document, Predicate<ObjectNode> keeps) {
        var smallest = document.deepCopy();
        while (shrinkOnce(smallest, smallest, keeps)) {
            // Leaving one part out can make another one needless.
        }
        return smallest;
    }

    private static boolean shrinkOnce(ObjectNode document, JsonNode at, Predicate<ObjectNode> keeps) {
        var shrunk = false;
        for (var part : parts(at)) {
            var removed = part.remove();
            if (keeps.test(document)) {
                shrunk = true;
            } else {
                part.restore(removed);
                shrunk |= shrinkOnce(document, removed, keeps);
            }
        }
        return shrunk;
    }

    private static List<Part> parts(JsonNode at) {
        var parts = new ArrayList<Part>();
        if (at instanceof ObjectNode object) {
            List.copyOf(object.propertyNames()).forEach(name -> parts.add(new Property(object, name)));
        } else if (at instanceof ArrayNode array) {
            for (int i = array.size() - 1; i >= 0; i--) {
                parts.add(new Element(array, i));
            }
        }
        return parts;
    }

    private sealed interface Part {
        JsonNode remove();

        void restore(JsonNode value);
    }

    private record Property(ObjectNode object, String name) implements Part {
        @Override
        public JsonNode remove() {
            return object.remove(name);
        }

        @Override
        public void restore(JsonNode value) {
            object.set(name, value);
        }
    }

    private record Element(ArrayNode array, int index) implements Part {
        @Override
        public JsonNode remove() {
            return array.remove(index);
        }

        @Override
        public void restore(JsonNode value) {
            array.insert(index, value);
        }
    }
}

package dev.portcullis.cel;

import dev.cel.runtime.CelEvaluationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists and maps that are written out, and the same as what macros gather in. */
final class Literals {
    private Literals() {}

    /**
     * An element of a list.
     *
     * @param optional whether it may be absent, as in {@code [?a]}
     */
    record Element(Node value, boolean optional) {}

    /**
     * An entry of a map.
     *
     * @param optional whether it may be absent, as in {@code {?'a': b}}
     */
    record Entry(Node key, Node value, boolean optional) {}

    static Node list(List<Element> elements) {
        if (elements.stream().anyMatch(Element::optional)) {
            return frame -> Listing.of(gathered(elements, frame));
        }
        Node[] nodes = elements.stream().map(Element::value).toArray(Node[]::new);
        return frame -> new Listing(Call.values(nodes, frame));
    }

    /** The list that a macro starts with. */
    static Node gathering(List<Element> elements) {
        return frame -> gathered(elements, frame);
    }

    private static Gathering gathered(List<Element> elements, Frame frame) throws CelEvaluationException {
        frame.meter.step();
        Gathering list = new Gathering();
        for (Element element : elements) {
            Object value = element.value.value(frame);
            if (element.optional) {
                optional(value).ifPresent(present -> list.append(List.of(present)));
            } else {
                list.append(List.of(value));
            }
        }
        return list;
    }

    static Node map(List<Entry> entries) {
        return frame -> new Mapping(entries(entries, frame));
    }

    /** The map that a macro starts with. */
    static Node gatheringMap(List<Entry> entries) {
        return frame -> entries(entries, frame);
    }

    private static Map<Object, Object> entries(List<Entry> entries, Frame frame) throws CelEvaluationException {
        frame.meter.step();
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Object key = Selection.key(entry.key.value(frame));
            Object value = entry.value.value(frame);
            if (entry.optional) {
                optional(value).ifPresent(present -> map.put(key, present));
            } else {
                map.put(key, value);
            }
        }
        return map;
    }

    private static Optional<?> optional(Object value) throws CelEvaluationException {
        if (value instanceof Optional<?> optional) {
            return optional;
        }
        throw new CelEvaluationException("what is marked by ? in a list or a map must be an optional value");
    }
}

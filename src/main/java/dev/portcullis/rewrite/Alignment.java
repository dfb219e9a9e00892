package dev.portcullis.rewrite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Which elements of a list became which. */
final class Alignment {
    private final List<Pair> pairs = new ArrayList<>();
    private final Set<Integer> kept = new HashSet<>();
    private final Copy copy;
    private final int size;
    private int next;

    private Alignment(int size, Copy copy) {
        this.size = size;
        this.copy = copy;
    }

    /**
     * What was and what is in its place.
     *
     * @param before its place in the list, -1 for an element that is new
     * @param after null for an element that is gone
     */
    record Pair(int before, @Nullable JsonNode after) {
        boolean isKept() {
            return before >= 0 && after != null;
        }

        boolean isRemoved() {
            return after == null;
        }
    }

    /** In the order of the list; what is new comes last. */
    static List<Pair> of(JsonNode before, JsonNode after, Copy copy) {
        Alignment alignment = new Alignment(before.size(), copy);
        for (JsonNode element : after) {
            Integer place = copy.placeOf(element);
            if (place != null) {
                alignment.kept.add(place);
            }
        }
        after.forEach(alignment::add);
        alignment.removeUpTo(alignment.size);
        return alignment.pairs;
    }

    private void add(JsonNode element) {
        Integer place = copy.placeOf(element);
        if (place != null) {
            removeUpTo(place);
        }
        boolean replaces = next < size && (place != null || !kept.contains(next));
        pairs.add(new Pair(replaces ? next++ : -1, element));
    }

    private void removeUpTo(int place) {
        while (next < place) {
            pairs.add(new Pair(next++, null));
        }
    }
}

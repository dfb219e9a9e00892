package dev.portcullis.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The position of a value and of all that it holds: a tree beside the document's own, so that it stays linear in it. */
final class Place implements Positions {
    private final Position position;
    private final Position key;
    private final @Nullable String tag;
    private @Nullable Map<String, Place> members;
    private @Nullable List<Place> elements;

    Place(Position position) {
        this(position, position);
    }

    Place(Position position, Position key) {
        this(position, key, null);
    }

    Place(Position position, Position key, @Nullable String tag) {
        this.position = position;
        this.key = key;
        this.tag = tag;
    }

    Place member(String key, Place place) {
        if (members == null) {
            members = new HashMap<>();
        }
        members.put(key, place);
        return place;
    }

    Place element(Place place) {
        if (elements == null) {
            elements = new ArrayList<>();
        }
        elements.add(place);
        return place;
    }

    @Override
    public @Nullable Position of(String jsonPointer) {
        Place place = find(jsonPointer);
        return place == null ? null : place.position;
    }

    @Override
    public @Nullable Position ofKey(String jsonPointer) {
        Place place = find(jsonPointer);
        return place == null ? null : place.key;
    }

    @Override
    public @Nullable String tagOf(String jsonPointer) {
        Place place = find(jsonPointer);
        return place == null ? null : place.tag;
    }

    private @Nullable Place find(String jsonPointer) {
        Place place = this;
        int start = 0;
        while (place != null && start < jsonPointer.length()) {
            if (jsonPointer.charAt(start) != '/') {
                return null;
            }
            int slash = jsonPointer.indexOf('/', start + 1);
            int end = slash < 0 ? jsonPointer.length() : slash;
            place = place.child(jsonPointer.substring(start + 1, end));
            start = end;
        }
        return place;
    }

    private @Nullable Place child(String token) {
        if (members != null) {
            return members.get(token.replace("~1", "/").replace("~0", "~"));
        }
        if (elements == null || !token.matches("0|[1-9][0-9]{0,8}")) {
            return null;
        }
        int index = Integer.parseInt(token);
        return index < elements.size() ? elements.get(index) : null;
    }
}

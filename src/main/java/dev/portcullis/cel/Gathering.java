package dev.portcullis.cel;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;

/** What a macro gathers. Nothing else can see it, so it grows in place: else a map over a list took the square of its length. */
final class Gathering extends AbstractList<Object> implements RandomAccess {
    private final List<Object> elements = new ArrayList<>();

    void append(List<?> added) {
        elements.addAll(added);
    }

    @Override
    public Object get(int index) {
        return elements.get(index);
    }

    @Override
    public int size() {
        return elements.size();
    }

    @Override
    public Object[] toArray() {
        return elements.toArray();
    }

    @Override
    public String toString() {
        return "a list of " + elements.size();
    }
}

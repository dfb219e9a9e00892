package dev.portcullis.cel;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** A list that an expression made. Lists can hold one another many times over, so it never tells its elements as text. */
final class Listing extends AbstractList<Object> implements RandomAccess {
    static final Listing EMPTY = new Listing(new Object[0]);

    private final Object[] elements;

    Listing(Object[] elements) {
        this.elements = elements;
    }

    static Listing of(List<?> elements) {
        return new Listing(elements.toArray());
    }

    @Override
    public Object get(int index) {
        return elements[index];
    }

    @Override
    public int size() {
        return elements.length;
    }

    @Override
    public Object[] toArray() {
        return elements.clone();
    }

    @Override
    public String toString() {
        return "a list of " + elements.length;
    }
}

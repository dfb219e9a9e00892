package dev.portcullis.cel;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A map that an expression made; like {@link Listing} it never tells its entries as text. */
final class Mapping extends AbstractMap<Object, Object> {
    private final Map<Object, Object> entries;

    Mapping(Map<Object, Object> entries) {
        this.entries = entries;
    }

    @Override
    public @Nullable Object get(Object key) {
        return entries.get(key);
    }

    @Override
    public boolean containsKey(Object key) {
        return entries.containsKey(key);
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public Set<Object> keySet() {
        return entries.keySet();
    }

    @Override
    public Set<Entry<Object, Object>> entrySet() {
        return entries.entrySet();
    }

    @Override
    public String toString() {
        return "a map of " + entries.size();
    }
}

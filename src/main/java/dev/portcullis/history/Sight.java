package dev.portcullis.history;

import dev.portcullis.history.Filter.Field;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far somebody sees. What is in no namespace is seen only by those who see all.
 *
 * @param namespaces null for all
 */
public record Sight(@Nullable Set<String> namespaces) {
    /** Of those who see all. */
    public static final Sight ALL = new Sight(null);

    /** Keeps what it is given. */
    public Sight {
        namespaces = namespaces == null ? null : Set.copyOf(namespaces);
    }

    /**
     * Whether what is in a namespace is seen.
     *
     * @param namespace null or empty where it is in none
     */
    public boolean sees(@Nullable String namespace) {
        return namespaces == null || (namespace != null && namespaces.contains(namespace));
    }

    /** The condition that a column names a namespace that is seen, after AND; nothing for those who see all. */
    String condition(String column, List<Object> values) {
        if (namespaces == null) {
            return "";
        }
        if (namespaces.isEmpty()) {
            return " AND 1 = 0";
        }
        values.addAll(namespaces);
        return " AND " + column + " IN (" + String.join(", ", Collections.nCopies(namespaces.size(), "?")) + ")";
    }

    /** A filter that finds as much by an index, where all that is seen is one namespace. */
    Filter through(Filter filter) {
        if (namespaces == null || namespaces.size() != 1 || filter.equal().containsKey(Field.NAMESPACE)) {
            return filter;
        }
        Map<Field, String> equal = new EnumMap<>(Field.class);
        equal.putAll(filter.equal());
        equal.put(Field.NAMESPACE, namespaces.iterator().next());
        return new Filter(equal, filter.severity(), filter.mode(), filter.from(), filter.to(), filter.text());
    }
}

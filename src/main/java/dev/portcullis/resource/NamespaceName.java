package dev.portcullis.resource;

import dev.portcullis.check.Words;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads names of namespaces. */
final class NamespaceName {
    private NamespaceName() {}

    /** One; null where it is none, which is told. */
    static @Nullable String read(Field field) {
        String name = field.text();
        if (name != null && !DnsName.isLabel(name)) {
            field.refuse(Words.value(name) + " is no namespace's name: write each name in full");
            return null;
        }
        return name;
    }

    /** Those of a list; none where it is absent. */
    static Set<String> readAll(@Nullable Field list) {
        Set<String> names = new LinkedHashSet<>();
        for (Field element : list == null ? List.<Field>of() : list.elements()) {
            String name = read(element);
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }
}

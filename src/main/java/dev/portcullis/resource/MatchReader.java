package dev.portcullis.resource;

import dev.portcullis.check.Words;
import dev.portcullis.policy.Match;
import dev.portcullis.policy.Selector;
import dev.portcullis.workload.Platform;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec.match}. */
final class MatchReader {
    private static final List<String> MEMBERS =
            List.of("platforms", "namespaces", "objects", "kinds", "users", "groups");

    private MatchReader() {}

    static Match read(@Nullable Field match) {
        if (match == null || !match.isObject()) {
            return Match.EVERYTHING;
        }
        match.allowMembers("match", MEMBERS, List.of());
        Field namespaces = object(match.member("namespaces"));
        Field objects = object(match.member("objects"));
        if (namespaces != null) {
            namespaces.allowMembers("namespaces", List.of("selector", "exclude"), List.of());
        }
        if (objects != null) {
            objects.allowMembers("objects", List.of("selector"), List.of());
        }
        return new Match(
                platforms(match.member("platforms")),
                selector(namespaces),
                NamespaceName.readAll(namespaces == null ? null : namespaces.member("exclude")),
                selector(objects),
                kinds(match.member("kinds")),
                names(match.member("users")),
                names(match.member("groups")));
    }

    private static @Nullable Field object(@Nullable Field field) {
        return field != null && field.isObject() ? field : null;
    }

    private static Selector selector(@Nullable Field owner) {
        return SelectorReader.read(owner == null ? null : owner.member("selector"));
    }

    private static Set<Platform> platforms(@Nullable Field list) {
        Set<Platform> platforms = new LinkedHashSet<>();
        for (Field element : atLeastOne(list)) {
            Platform platform = element.choice(Choices.PLATFORMS);
            if (platform != null) {
                platforms.add(platform);
            }
        }
        return platforms;
    }

    private static Set<String> kinds(@Nullable Field list) {
        Set<String> kinds = new LinkedHashSet<>();
        for (Field element : atLeastOne(list)) {
            String kind = element.text();
            if (kind != null && !Kinds.OF_KUBERNETES.contains(kind)) {
                element.refuse(Words.value(kind) + " is no kind of pods; "
                        + Field.hint(kind, Kinds.OF_KUBERNETES, "use " + String.join(", ", Kinds.OF_KUBERNETES)));
            } else if (kind != null) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    private static Set<String> names(@Nullable Field list) {
        Set<String> names = new LinkedHashSet<>();
        for (Field element : atLeastOne(list)) {
            String name = element.text();
            if (name != null && name.isBlank()) {
                element.refuse("is blank: write a name, or remove it");
            } else if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    /** A list that names nothing could be meant as everything or as nothing. */
    private static List<Field> atLeastOne(@Nullable Field list) {
        if (list == null) {
            return List.of();
        }
        if (list.isEmptyList()) {
            list.refuse("names nothing: remove it to match everything");
        }
        return list.elements();
    }
}

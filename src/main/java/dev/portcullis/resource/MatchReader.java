package dev.portcullis.resource;

import dev.portcullis.check.Words;
import dev.portcullis.policy.Match;
import dev.portcullis.workload.Platform;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec.match}. */
final class MatchReader {
    private static final List<String> MEMBERS = List.of("platforms", "namespaces", "kinds");
    private static final List<String> NOT_YET = List.of("objects", "users", "groups");

    /** Pods and what makes them. */
    private static final List<String> KINDS = List.of(
            "Pod",
            "Deployment",
            "ReplicaSet",
            "StatefulSet",
            "DaemonSet",
            "Job",
            "CronJob",
            "ReplicationController",
            "PodTemplate");

    /** A DNS-1123 label. */
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private MatchReader() {}

    static Match read(@Nullable Field match) {
        if (match == null || !match.isObject()) {
            return Match.EVERYTHING;
        }
        match.allowMembers("match", MEMBERS, NOT_YET);
        return new Match(
                platforms(match.member("platforms")),
                excluded(match.member("namespaces")),
                kinds(match.member("kinds")));
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

    private static Set<String> excluded(@Nullable Field namespaces) {
        if (namespaces == null || !namespaces.isObject()) {
            return Set.of();
        }
        namespaces.allowMembers("namespaces", List.of("exclude"), List.of("selector"));
        Field exclude = namespaces.member("exclude");
        Set<String> excluded = new LinkedHashSet<>();
        for (Field element : exclude == null ? List.<Field>of() : exclude.elements()) {
            String name = element.text();
            if (name != null && !NAMESPACE.matcher(name).matches()) {
                element.refuse(Words.value(name) + " is no namespace's name: write each name in full");
            } else if (name != null) {
                excluded.add(name);
            }
        }
        return excluded;
    }

    private static Set<String> kinds(@Nullable Field list) {
        Set<String> kinds = new LinkedHashSet<>();
        for (Field element : atLeastOne(list)) {
            String kind = element.text();
            if (kind != null && !KINDS.contains(kind)) {
                element.refuse(Words.value(kind) + " is no kind of pods; "
                        + Field.hint(kind, KINDS, "use " + String.join(", ", KINDS)));
            } else if (kind != null) {
                kinds.add(kind);
            }
        }
        return kinds;
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

package dev.portcullis.profile;

import dev.portcullis.check.Words;
import dev.portcullis.seccomp.ContainerCapabilities;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Capabilities that are allowed, in lower case without {@code CAP_}, as AppArmor writes them.
 *
 * @param all whether every one is
 * @param names those that are, where not all are
 */
public record Capabilities(boolean all, NavigableSet<String> names) {
    /** Every one. */
    public static final Capabilities ALL = new Capabilities(true, new TreeSet<>());

    /** What engines give a container that says nothing. */
    public static final Set<String> DEFAULT = lower(ContainerCapabilities.DEFAULT);

    private static final Set<String> KNOWN = lower(ContainerCapabilities.ALL);

    private static Set<String> lower(Set<String> names) {
        return names.stream()
                .map(name ->
                        name.substring(ContainerCapabilities.PREFIX.length()).toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** As seccomp profiles and runtimes write them: {@code CAP_CHOWN}. */
    public Set<String> prefixed() {
        return (all ? KNOWN : names)
                .stream()
                        .map(name -> ContainerCapabilities.PREFIX + name.toUpperCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** A copy that nobody changes. */
    public Capabilities {
        names = Collections.unmodifiableNavigableSet(new TreeSet<>(names));
    }

    /** These alone. */
    public static Capabilities of(Collection<String> names) {
        return new Capabilities(false, new TreeSet<>(names));
    }

    /**
     * What is left of a container's after it dropped some and added others, in this order, as engines do it.
     *
     * @param where the place they stand at
     */
    public static Capabilities of(String where, List<String> dropped, List<String> added) throws ProfileException {
        if (added.stream().anyMatch(Capabilities::isAll)) {
            TreeSet<String> left = new TreeSet<>(KNOWN);
            left.removeAll(named(where, dropped));
            return left.size() == KNOWN.size() ? ALL : of(left);
        }
        TreeSet<String> left = new TreeSet<>(dropped.stream().anyMatch(Capabilities::isAll) ? Set.of() : DEFAULT);
        left.removeAll(named(where, dropped));
        left.addAll(named(where, added));
        return of(left);
    }

    private static boolean isAll(String name) {
        return name.equalsIgnoreCase("ALL");
    }

    private static List<String> named(String where, List<String> names) throws ProfileException {
        List<String> named = new ArrayList<>();
        for (String name : names) {
            if (!isAll(name)) {
                named.add(name(where, name));
            }
        }
        return named;
    }

    /**
     * One name as AppArmor writes it, from any spelling that engines take.
     *
     * @param where the place it stands at
     */
    public static String name(String where, String name) throws ProfileException {
        String lower = name.toLowerCase(Locale.ROOT);
        String plain = lower.startsWith("cap_") ? lower.substring("cap_".length()) : lower;
        if (!KNOWN.contains(plain)) {
            throw new ProfileException(
                    where,
                    "names " + Words.value(name) + ", which is no capability",
                    "write one as capabilities(7) does");
        }
        return plain;
    }

    /** All there are. */
    public static NavigableSet<String> known() {
        return new TreeSet<>(KNOWN);
    }

    /** Whether one is allowed. */
    public boolean allows(String name) {
        return all || names.contains(name);
    }
}

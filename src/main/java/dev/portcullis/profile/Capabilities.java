package dev.portcullis.profile;

import dev.portcullis.check.Words;
import dev.portcullis.seccomp.ContainerCapabilities;
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
        return names.stream().map(Capabilities::lower).collect(Collectors.toUnmodifiableSet());
    }

    private static String lower(String prefixed) {
        return prefixed.substring(ContainerCapabilities.PREFIX.length()).toLowerCase(Locale.ROOT);
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
     * What is left of a container's after it dropped some and added others.
     *
     * @param where the place they stand at
     */
    public static Capabilities of(String where, List<String> dropped, List<String> added) throws ProfileException {
        for (List<String> names : List.of(dropped, added)) {
            for (String name : names) {
                if (!ContainerCapabilities.isAll(name)) {
                    name(where, name);
                }
            }
        }
        Set<String> left = ContainerCapabilities.of(dropped, added);
        return left.equals(ContainerCapabilities.ALL) ? ALL : of(lower(left));
    }

    /**
     * One name as AppArmor writes it, from any spelling that engines take.
     *
     * @param where the place it stands at
     */
    public static String name(String where, String name) throws ProfileException {
        String plain = lower(ContainerCapabilities.named(name));
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

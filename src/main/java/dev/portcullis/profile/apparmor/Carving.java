package dev.portcullis.profile.apparmor;

import dev.portcullis.check.Words;
import dev.portcullis.profile.ProfileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Patterns for everything below a folder but some paths in it. In AppArmor a deny rule beats every other rule, so that what is to
 * stay writable must not be matched by one at all.
 */
final class Carving {
    private static final int LONGEST = 1_000;

    /** Globs count as such within a class too, unless a backslash stands before them. */
    private static final String SPECIAL_IN_CLASS = "]^-\\[\"*?{},@";

    private final NavigableSet<String> files = new TreeSet<>();
    private final NavigableSet<String> trees = new TreeSet<>();

    private Carving() {}

    /**
     * The patterns, one for each folder on the way to an exception.
     *
     * @param where the place that denies, for the message
     * @param folder ends with a slash
     * @param exceptions what must not be matched; those elsewhere do not matter
     * @throws ProfileException where an exception is a glob other than a folder's whole content, or not of ASCII
     */
    static List<String> below(String where, String folder, List<PathPattern> exceptions) throws ProfileException {
        Carving carving = new Carving();
        PathPattern whole = new PathPattern(PathPattern.escape(folder) + "**", folder, false);
        for (PathPattern exception : exceptions) {
            if (exception.mayMeet(whole)) {
                carving.add(where, whole, exception);
            }
        }
        return carving.patterns(folder);
    }

    private void add(String where, PathPattern whole, PathPattern exception) throws ProfileException {
        String below = exception.folder();
        boolean ascii = exception.literal().chars().allMatch(c -> c >= ' ' && c < 127);
        boolean inside = exception.literal().startsWith(whole.literal());
        if (!ascii || !inside || !(exception.exact() || exception.isTree() || below != null)) {
            throw new ProfileException(
                    where,
                    "holds " + Words.value(exception.text()) + ", which a deny rule would make read-only too",
                    "name a file there, or a folder as " + whole.literal() + "NAME/**, or use --style allow-list");
        }
        if (below != null) {
            trees.add(below);
        } else {
            files.add(exception.literal());
            if (exception.isTree()) {
                trees.add(exception.literal() + "/");
            }
        }
    }

    private List<String> patterns(String folder) {
        List<String> patterns = new ArrayList<>();
        if (!trees.contains(folder)) {
            // A folder comes before those in it.
            folder(folder, patterns);
        }
        return patterns;
    }

    /** One pattern for what is in a folder, and those of the folders in it that hold exceptions. */
    private void folder(String folder, List<String> patterns) {
        List<String> alternatives = new ArrayList<>();
        NavigableSet<String> folders = new TreeSet<>();
        complement(folder, "", alternatives, folders);
        String prefix = PathPattern.escape(folder);
        for (List<String> some : apart(alternatives)) {
            patterns.add(prefix + (some.size() == 1 ? some.getFirst() : "{" + String.join(",", some) + "}"));
        }
        for (String next : folders) {
            if (!trees.contains(next)) {
                folder(next, patterns);
            }
        }
    }

    /** Together no longer than AppArmor's parser reads at once, which is 16 KiB. */
    private static List<List<String>> apart(List<String> alternatives) {
        List<List<String>> groups = new ArrayList<>();
        int length = LONGEST;
        for (String alternative : alternatives) {
            length += alternative.length() + 1;
            if (length > LONGEST) {
                groups.add(new ArrayList<>());
                length = alternative.length();
            }
            groups.getLast().add(alternative);
        }
        return groups;
    }

    /**
     * What goes on from a part of a name in another way than any exception.
     *
     * @param name what is read of the name
     * @param folders takes the folders on the way to exceptions
     */
    private void complement(String folder, String name, List<String> alternatives, NavigableSet<String> folders) {
        String read = folder + name;
        Map<Character, Boolean> next = new TreeMap<>();
        for (NavigableSet<String> exceptions : List.of(files, trees)) {
            for (String exception : exceptions) {
                if (exception.startsWith(read) && exception.length() > read.length()) {
                    next.put(exception.charAt(read.length()), true);
                }
            }
        }
        String escaped = PathPattern.escape(name);
        if (!name.isEmpty() && !files.contains(read)) {
            alternatives.add(escaped);
        }
        if (!next.isEmpty()) {
            alternatives.add(escaped + "[^" + members(next.keySet()) + "]**");
        } else if (name.isEmpty()) {
            alternatives.add("**");
        } else {
            alternatives.add(escaped + "[^/]**");
            alternatives.add(escaped + "/**");
        }
        for (char c : next.keySet()) {
            if (c == '/') {
                folders.add(read + "/");
                if (!trees.contains(read + "/")) {
                    // The folder itself, which rules write with its slash.
                    alternatives.add(escaped + "/");
                }
            } else {
                complement(folder, name + c, alternatives, folders);
            }
        }
    }

    private static String members(Iterable<Character> characters) {
        StringBuilder members = new StringBuilder();
        for (char c : characters) {
            if (SPECIAL_IN_CLASS.indexOf(c) >= 0) {
                members.append('\\');
            }
            members.append(c);
        }
        return members.toString();
    }
}

package dev.portcullis.console;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.portcullis.console.Snapshot.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is different from one version of the policies to another.
 *
 * @param changes one for each check of a policy, and for each member of a document, the first {@link #MOST}
 * @param text the documents as a unified diff of YAML
 * @param complete whether nothing was left out
 */
record Changes(String from, String to, List<Change> changes, String text, boolean complete) {
    static final int MOST = 1_000;
    /** Comparing takes lines times changes. */
    private static final int MOST_LINES_EACH = 2_000;

    private static final int MOST_LINES = 20_000;
    private static final int CONTEXT = 3;
    private static final int LONGEST_VALUE = 200;

    /**
     * A difference.
     *
     * @param of the policy, or the document
     * @param check null where it is no check
     * @param sentence what is so now, and was not
     */
    record Change(String of, @Nullable String check, String sentence) {}

    /** Compares two versions. */
    static Changes between(String from, Snapshot before, String to, Snapshot after) {
        List<Change> changes = new ArrayList<>();
        for (String policy : union(before.asked().keySet(), after.asked().keySet())) {
            asked(
                    policy,
                    before.asked().getOrDefault(policy, Map.of()),
                    after.asked().getOrDefault(policy, Map.of()),
                    changes);
        }
        StringBuilder text = new StringBuilder();
        int lines = 0;
        boolean complete = before.whole() && after.whole();
        for (String name : union(before.documents().keySet(), after.documents().keySet())) {
            JsonNode old = before.documents().get(name);
            JsonNode now = after.documents().get(name);
            if (Objects.equals(old, now)) {
                continue;
            }
            document(name, old, now, changes);
            List<String> one = lines(old);
            List<String> other = lines(now);
            lines += one.size() + other.size();
            if (Math.max(one.size(), other.size()) > MOST_LINES_EACH || lines > MOST_LINES) {
                complete = false;
            } else {
                text.append(unified(name, one, other));
            }
        }
        boolean few = changes.size() <= MOST;
        return new Changes(from, to, few ? changes : changes.subList(0, MOST), text.toString(), complete && few);
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }

    private static void asked(
            String policy, Map<String, Asked> before, Map<String, Asked> after, List<Change> changes) {
        for (String check : union(before.keySet(), after.keySet())) {
            Asked old = before.get(check);
            Asked now = after.get(check);
            if (!Objects.equals(old, now)) {
                changes.add(new Change(policy, check, sentence(old, now)));
            }
        }
    }

    private static String sentence(@Nullable Asked old, @Nullable Asked now) {
        if (now == null) {
            return "is not asked any more" + (old == null ? "" : "; its mode was " + old.mode());
        }
        if (old == null) {
            return "is asked now, in mode " + now.mode();
        }
        List<String> said = new ArrayList<>();
        was("mode", old.mode(), now.mode(), said);
        for (String name : union(old.parameters().keySet(), now.parameters().keySet())) {
            was(
                    "parameter " + name,
                    old.parameters().get(name),
                    now.parameters().get(name),
                    said);
        }
        was("fix", old.fix(), now.fix(), said);
        was("except", old.except(), now.except(), said);
        return String.join("; ", said);
    }

    private static void was(String what, @Nullable Object old, @Nullable Object now, List<String> said) {
        if (!Objects.equals(old, now)) {
            said.add(what + " is " + shown(now) + ", was " + shown(old));
        }
    }

    private static String shown(@Nullable Object value) {
        String text = value instanceof String word
                ? word
                : value == null ? "not set" : JsonMapper.shared().writeValueAsString(value);
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }

    private static void document(String name, @Nullable JsonNode old, @Nullable JsonNode now, List<Change> changes) {
        if (old == null || now == null) {
            changes.add(new Change(name, null, now == null ? "is gone" : "is new"));
            return;
        }
        List<String> said = new ArrayList<>();
        for (String member : union(members(old), members(now))) {
            // Told check by check.
            if (!member.equals("checks")) {
                was(member, old.path("spec").get(member), now.path("spec").get(member), said);
            }
        }
        said.forEach(sentence -> changes.add(new Change(name, null, sentence)));
    }

    private static Set<String> members(JsonNode document) {
        return new TreeSet<>(document.path("spec").propertyNames());
    }

    private static List<String> lines(@Nullable JsonNode document) {
        return document == null ? List.of() : Snapshot.yaml(document).lines().toList();
    }

    private static String unified(String name, List<String> one, List<String> other) {
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(name, name, one, DiffUtils.diff(one, other), CONTEXT);
        return diff.isEmpty() ? "" : String.join("\n", diff) + "\n";
    }
}

package dev.portcullis.history;

import dev.portcullis.history.Filter.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A filter as SQL, but for the time.
 *
 * @param leader what the index is asked for; null for the index by time alone
 * @param leading what the index answers, whatever the position
 * @param rest what is looked for among what the index answers: begins with AND where it is not empty
 */
record Conditions(
        @Nullable Field leader, String leading, List<Object> leadingValues, String rest, List<Object> restValues) {
    private static final List<String> TEXTS =
            List.of("d.name", "d.owner_name", "d.username", "d.message", "d.findings");

    static Conditions of(Filter filter, Sight sight) {
        Field leader = filter.equal().keySet().stream()
                .filter(Field::indexed)
                .sorted()
                .findFirst()
                .orElse(null);
        boolean byCheck = leader == Field.CHECK;
        String leading = leader == null ? "1 = 1" : (byCheck ? "c." : "d.") + leader.column() + " = ?";
        List<Object> leadingValues =
                leader == null ? List.of() : List.of(filter.equal().get(leader));
        StringBuilder rest = new StringBuilder();
        List<Object> restValues = new ArrayList<>();
        for (Map.Entry<Field, String> equal : filter.equal().entrySet()) {
            if (equal.getKey() != leader) {
                rest.append(and(equal.getKey()));
                restValues.add(equal.getValue());
            }
        }
        if (filter.severity() != null) {
            rest.append(" AND d.severities LIKE ?");
            restValues.add(Rows.pattern(filter.severity().id()));
        }
        if (filter.mode() != null) {
            rest.append(" AND d.modes LIKE ?");
            restValues.add(Rows.pattern(filter.mode().id()));
        }
        if (filter.text() != null) {
            rest.append(contains(TEXTS, filter.text(), restValues));
        }
        String namespace = filter.equal().get(Field.NAMESPACE);
        if (namespace == null || !sight.sees(namespace)) {
            rest.append(sight.condition("d.namespace", restValues));
        }
        return new Conditions(leader, leading, leadingValues, rest.toString(), restValues);
    }

    private static String and(Field field) {
        return field == Field.CHECK
                ? " AND EXISTS (SELECT 1 FROM decision_check c WHERE c.seq = d.seq AND c.check_id = ?)"
                : " AND d." + field.column() + " = ?";
    }

    /** The condition that a text occurs, in any case, in one of these columns, after AND. */
    static String contains(List<String> columns, String text, List<Object> values) {
        values.addAll(Collections.nCopies(columns.size(), pattern(text)));
        return columns.stream()
                .map(column -> "LOWER(" + column + ") LIKE ? ESCAPE '!'")
                .collect(Collectors.joining(" OR ", " AND (", ")"));
    }

    /** By which LIKE, with {@code !} as its escape, finds a text in what is in lower case. */
    private static String pattern(String text) {
        String literal = text.toLowerCase(Locale.ROOT)
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_");
        return "%" + literal + "%";
    }

    /** Whether the index answers all of it. */
    boolean isExact() {
        return rest.isEmpty();
    }

    boolean byCheck() {
        return leader == Field.CHECK;
    }

    String table() {
        return byCheck() ? "decision_check c" : "decision d";
    }

    String position() {
        return byCheck() ? "c.position" : "d.position";
    }

    /** Every column of the index, by which H2 sees that it is in order already. */
    String order() {
        if (leader == null) {
            return position() + " DESC";
        }
        return (byCheck() ? "c." : "d.") + leader.column() + ", " + position() + " DESC";
    }
}

package dev.portcullis.resource;

import dev.portcullis.check.Words;
import dev.portcullis.policy.Selector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a {@code LabelSelector}, {@code matchLabels} and {@code matchExpressions}. */
final class SelectorReader {
    private static final int LONGEST = 63;
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9](?:[-_.A-Za-z0-9]*[A-Za-z0-9])?");

    /** What an operator makes of a key and values. */
    private interface Operator {
        Selector.Requirement of(String key, Set<String> values);
    }

    private static final Map<String, Operator> OPERATORS = operators();

    private SelectorReader() {}

    private static Map<String, Operator> operators() {
        Map<String, Operator> operators = new LinkedHashMap<>();
        operators.put("In", Selector.In::new);
        operators.put("NotIn", Selector.NotIn::new);
        operators.put("Exists", (key, _) -> new Selector.Exists(key));
        operators.put("DoesNotExist", (key, _) -> new Selector.DoesNotExist(key));
        return operators;
    }

    static Selector read(@Nullable Field selector) {
        if (selector == null || !selector.isObject()) {
            return Selector.EVERYTHING;
        }
        selector.allowMembers("a selector", List.of("matchLabels", "matchExpressions"), List.of());
        List<Selector.Requirement> requirements = new ArrayList<>();
        addLabels(selector.member("matchLabels"), requirements);
        addExpressions(selector.member("matchExpressions"), requirements);
        return requirements.isEmpty() ? Selector.EVERYTHING : new Selector(List.copyOf(requirements));
    }

    private static void addLabels(@Nullable Field labels, List<Selector.Requirement> requirements) {
        if (labels == null || !labels.isObject()) {
            return;
        }
        for (String key : labels.names()) {
            Field label = labels.member(key);
            String value = label == null ? null : label.text();
            if (label != null && value != null && isKey(key, label) && isValue(value, label)) {
                requirements.add(new Selector.In(key, Set.of(value)));
            }
        }
    }

    private static void addExpressions(@Nullable Field list, List<Selector.Requirement> requirements) {
        for (Field expression : list == null ? List.<Field>of() : list.elements()) {
            if (expression.isObject()) {
                Selector.Requirement requirement = requirement(expression);
                if (requirement != null) {
                    requirements.add(requirement);
                }
            }
        }
    }

    private static Selector.@Nullable Requirement requirement(Field expression) {
        expression.allowMembers("an expression", List.of("key", "operator", "values"), List.of());
        Field keyField = expression.required("key", "name a label");
        String key = keyField == null ? null : keyField.text();
        Field operatorField = expression.required("operator", "use In, NotIn, Exists or DoesNotExist");
        Operator operator = operatorField == null ? null : operatorField.choice(OPERATORS);
        if (keyField == null || key == null || !isKey(key, keyField) || operatorField == null || operator == null) {
            return null;
        }
        Set<String> values = values(expression.member("values"));
        boolean wantsValues = "In".equals(operatorField.asText()) || "NotIn".equals(operatorField.asText());
        if (wantsValues == values.isEmpty()) {
            expression.refuse(
                    wantsValues ? "needs values: list at least one" : "takes no values: remove them, or use In");
            return null;
        }
        return operator.of(key, values);
    }

    private static Set<String> values(@Nullable Field list) {
        Set<String> values = new LinkedHashSet<>();
        for (Field element : list == null ? List.<Field>of() : list.elements()) {
            String value = element.text();
            if (value != null && isValue(value, element)) {
                values.add(value);
            }
        }
        return values;
    }

    private static boolean isKey(String key, Field field) {
        int slash = key.indexOf('/');
        boolean prefixed = slash < 0 || DnsName.isSubdomain(key.substring(0, slash));
        if (!prefixed || !isWord(key.substring(slash + 1))) {
            field.refuse(Words.value(key) + " is no label's key: write it as labels have it, such as team or"
                    + " example.com/team");
            return false;
        }
        return true;
    }

    private static boolean isValue(String value, Field field) {
        if (!value.isEmpty() && !isWord(value)) {
            field.refuse(Words.value(value) + " is no label's value: use at most " + LONGEST
                    + " letters, digits, -, _ and ., with a letter or digit at both ends");
            return false;
        }
        return true;
    }

    private static boolean isWord(String text) {
        return text.length() <= LONGEST && WORD.matcher(text).matches();
    }
}

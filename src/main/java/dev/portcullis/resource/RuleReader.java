package dev.portcullis.resource;

import dev.portcullis.cel.RuleCompiler;
import dev.portcullis.cel.RuleException;
import dev.portcullis.cel.RuleText;
import dev.portcullis.check.Words;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads {@code spec.rules}. */
final class RuleReader {
    private static final int MOST = 64;
    private static final List<String> MEMBERS =
            List.of("name", "mode", "params", "expression", "message", "messageExpression", "fix");
    private static final int LONGEST_EXPRESSION = 10_000;
    private static final int LONGEST_MESSAGE = 1_000;

    private RuleReader() {}

    /** The rules, in their order; those that are wrong, which is told, are left out. */
    static List<Rule> read(@Nullable Field list) {
        List<Rule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<Field> elements = list == null ? List.of() : list.elements();
        if (list != null && elements.size() > MOST) {
            list.refuse("over " + MOST + " rules: split the policy into several");
            return List.of();
        }
        for (Field element : elements) {
            Rule rule = element.isObject() ? rule(element, names) : null;
            if (rule != null) {
                rules.add(rule);
            }
        }
        return List.copyOf(rules);
    }

    private static @Nullable Rule rule(Field field, Set<String> names) {
        field.allowMembers("a rule", MEMBERS, List.of());
        String name = name(field.required("name", "name the rule"), names);
        Field mode = field.member("mode");
        Mode chosen = mode == null ? null : mode.choice(Choices.MODES);
        String expression = text(field.required("expression", "write in CEL what must be true"), LONGEST_EXPRESSION);
        String message = text(field.member("message"), LONGEST_MESSAGE);
        String messageExpression = text(field.member("messageExpression"), LONGEST_EXPRESSION);
        Field params = field.member("params");
        boolean usable = params == null || params.isObject();
        JsonNode patch = patch(field.member("fix"));
        if (name == null || expression == null || !usable) {
            return null;
        }
        RuleText text = new RuleText(
                name, expression, message, messageExpression, params == null ? Field.nothing() : params.raw(), patch);
        return compile(text, chosen, field);
    }

    private static @Nullable Rule compile(RuleText text, @Nullable Mode mode, Field field) {
        try {
            return Rule.of(text.name(), mode, text.expression(), RuleCompiler.compile(text));
        } catch (RuleException wrong) {
            field.refuseBelow(wrong.pointer(), wrong.getMessage());
            return null;
        }
    }

    private static @Nullable String name(@Nullable Field field, Set<String> names) {
        String name = field == null ? null : field.text();
        if (field == null || name == null) {
            return null;
        }
        if (!DnsName.isLabel(name)) {
            field.refuse(Words.value(name) + " is no name: use at most 63 lower-case letters, digits and -, with a"
                    + " letter or digit at both ends");
            return null;
        }
        if (!names.add(name)) {
            field.refuse(Words.value(name) + " is in the list twice: rename one of them");
            return null;
        }
        return name;
    }

    private static @Nullable String text(@Nullable Field field, int longest) {
        String text = field == null ? null : field.text();
        if (field != null && text != null && (text.isBlank() || text.length() > longest)) {
            field.refuse("must be a text of 1 to " + longest + " characters");
            return null;
        }
        return text;
    }

    private static @Nullable JsonNode patch(@Nullable Field fix) {
        if (fix == null || !fix.isObject()) {
            return null;
        }
        fix.allowMembers("a rule's fix", List.of("patch"), List.of());
        Field patch = fix.required("patch", "write the operations of a JSON Patch");
        return patch == null ? null : patch.raw();
    }
}

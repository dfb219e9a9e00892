package dev.portcullis.resource;

import dev.portcullis.catalogue.Catalogue;
import dev.portcullis.check.Check;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Level;
import dev.portcullis.check.Parameter;
import dev.portcullis.check.Words;
import dev.portcullis.policy.CheckRule;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Profile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec.checks}. */
final class CheckRules {
    private static final List<String> MEMBERS = List.of("mode", "fix", "parameters");
    private static final List<String> NOT_YET = List.of("overwrite");
    private static final List<String> IDS =
            Catalogue.all().stream().map(check -> check.info().id()).toList();

    private final Profile profile;

    private CheckRules(Profile profile) {
        this.profile = profile;
    }

    /** The rules by check. */
    static Map<String, CheckRule> read(@Nullable Field checks, Profile profile) {
        Map<String, CheckRule> rules = new HashMap<>();
        if (checks == null || !checks.isObject()) {
            return rules;
        }
        CheckRules reader = new CheckRules(profile);
        for (String id : checks.names()) {
            Field rule = checks.member(id);
            Check check = Catalogue.find(id).orElse(null);
            if (rule != null && check == null) {
                rule.refuseMember("there is no check " + Words.value(id) + "; "
                        + Field.hint(id, IDS, "portcullis checks lists those there are"));
            } else if (rule != null && check != null && rule.isObject()) {
                rules.put(id, reader.rule(rule, check.info()));
            }
        }
        return rules;
    }

    private CheckRule rule(Field rule, CheckInfo check) {
        rule.allowMembers("a check", MEMBERS, NOT_YET);
        Field mode = rule.member("mode");
        Mode chosen = mode == null ? null : mode.choice(Choices.MODES);
        Field fix = rule.member("fix");
        Boolean fixed = fix == null ? null : fix.bool();
        return new CheckRule(chosen, fixed, parameters(rule.member("parameters"), check));
    }

    private Map<String, Object> parameters(@Nullable Field parameters, CheckInfo check) {
        Map<String, Object> values = new HashMap<>();
        if (parameters == null || !parameters.isObject()) {
            return values;
        }
        for (String name : parameters.names()) {
            Field field = parameters.member(name);
            Parameter parameter = parameter(check, name);
            if (field != null && parameter == null) {
                refuseUnknown(field, name, check);
            } else if (field != null && parameter != null) {
                refuseIdle(field, parameter);
                values.put(name, value(field, parameter));
            }
        }
        return values;
    }

    private static @Nullable Parameter parameter(CheckInfo check, String name) {
        return check.parameters().stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static void refuseUnknown(Field field, String name, CheckInfo check) {
        List<String> known = check.parameters().stream().map(Parameter::name).toList();
        field.refuseMember(
                known.isEmpty()
                        ? "this check has no parameters: remove it"
                        : "there is no such parameter; "
                                + Field.hint(name, known, check.id() + " has " + String.join(", ", known)));
    }

    /** What the profile would pass over in silence must not look as if it counted. */
    private void refuseIdle(Field field, Parameter parameter) {
        if (parameter.onlyHardened() && profile.level() != Level.HARDENED) {
            field.refuseMember("profile " + profile.id()
                    + " is read to the letter, without this parameter: remove it, or choose profile hardened");
        }
    }

    /** What was written, or the default where that cannot be used, which is told. */
    private static Object value(Field field, Parameter parameter) {
        if (!(parameter.defaultValue() instanceof Long)) {
            return strings(field, parameter.shape());
        }
        Long number = field.wholeNumber();
        if (number != null && number < 1) {
            field.refuse("must be 1 or more");
        }
        return number == null ? parameter.defaultValue() : number;
    }

    private static List<String> strings(Field field, Parameter.@Nullable Shape shape) {
        List<String> strings = new ArrayList<>();
        for (Field element : field.elements()) {
            String text = element.text();
            if (text != null && text.isBlank()) {
                element.refuse("is blank: write a value, or remove it");
            } else if (text != null
                    && shape != null
                    && !shape.pattern().matcher(text).matches()) {
                element.refuse("must be " + shape.words());
            } else if (text != null) {
                strings.add(text);
            }
        }
        return strings;
    }
}

package dev.portcullis.docker.dockerfile;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The variables that are known at a point of a build. */
final class Scope implements ShellLex.Variables {
    private final Map<String, String> environment;
    private final Map<String, String> arguments = new HashMap<>();

    private final Budget budget;

    private Scope(Map<String, String> environment, Budget budget) {
        this.environment = environment;
        this.budget = budget;
    }

    static Scope empty(Budget budget) {
        return new Scope(new HashMap<>(), budget);
    }

    /** One without variables. */
    Scope emptied() {
        return empty(budget);
    }

    /** That of a stage built on this one, which keeps the environment but no argument. */
    Scope below() {
        return new Scope(new HashMap<>(environment), budget);
    }

    int size() {
        return environment.size();
    }

    void setEnvironment(String name, @Nullable String value) {
        set(environment, name, value);
    }

    void setArgument(String name, @Nullable String value) {
        set(arguments, name, value);
    }

    private static void set(Map<String, String> variables, String name, @Nullable String value) {
        if (value == null) {
            variables.remove(name);
        } else {
            variables.put(name, value);
        }
    }

    /** The environment comes before arguments of the same name. */
    @Override
    public @Nullable String get(String name) {
        String value = environment.get(name);
        return value == null ? arguments.get(name) : value;
    }

    @Override
    public boolean affords(int length) {
        return budget.affords(length);
    }

    @Override
    public boolean affordsSearch() {
        return budget.affordsSearch();
    }

    /** What a text comes to, or why that is not known. */
    sealed interface Outcome {
        record Known(String text) implements Outcome {}

        record Unknown(String why) implements Outcome {}
    }

    Outcome expand(String text, char escape) {
        if (text.indexOf('$') < 0 && text.indexOf(escape) < 0 && text.indexOf('"') < 0 && text.indexOf('\'') < 0) {
            return new Outcome.Known(text);
        }
        try {
            ShellLex.Expanded expanded = ShellLex.expand(text, escape, this);
            return expanded.unset().isEmpty()
                    ? new Outcome.Known(expanded.text())
                    : new Outcome.Unknown(missing(expanded.unset()));
        } catch (Misread misread) {
            return new Outcome.Unknown(misread.problem() + "; " + misread.remedy());
        }
    }

    private static String missing(Set<String> names) {
        String name = names.iterator().next();
        return "no value of " + name + " is known before the build; give its ARG a default";
    }
}

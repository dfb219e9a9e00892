package dev.portcullis.resource;

import dev.portcullis.catalogue.Catalogue;
import dev.portcullis.check.Check;
import dev.portcullis.check.Words;
import dev.portcullis.policy.CheckRule;
import dev.portcullis.policy.Except;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Profile;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec.acts}. */
final class ActRules {
    private static final List<String> MEMBERS = List.of("act", "mode", "except", "parameters");
    private static final List<String> IDS = Catalogue.all().stream()
            .filter(Check::isAct)
            .map(check -> check.info().id())
            .toList();

    /** Whoever asks a Kubernetes API server anything is in it. */
    private static final String EVERYBODY = "system:authenticated";

    private ActRules() {}

    /** The rules by act. */
    static Map<String, CheckRule> read(@Nullable Field acts, Profile profile) {
        Map<String, CheckRule> rules = new HashMap<>();
        for (Field rule : acts == null ? List.<Field>of() : acts.elements()) {
            if (!rule.isObject()) {
                continue;
            }
            rule.allowMembers("an act", MEMBERS, List.of());
            Field name = rule.required("act", "name it, such as exec-as-root");
            Check act = name == null ? null : act(name);
            if (name != null && act != null && rules.put(act.info().id(), rule(rule, act, profile)) != null) {
                name.refuse(Words.value(act.info().id()) + " is in the list twice: keep one of them");
            }
        }
        return rules;
    }

    private static @Nullable Check act(Field name) {
        String id = name.text();
        if (id == null) {
            return null;
        }
        Check check = Catalogue.find(id).orElse(null);
        if (check == null) {
            name.refuse("there is no act " + Words.value(id) + "; "
                    + Field.hint(id, IDS, "use one of " + String.join(", ", IDS)));
        } else if (!check.isAct()) {
            name.refuse(Words.value(id) + " is a check: write it under spec.checks");
        }
        return check != null && check.isAct() ? check : null;
    }

    private static CheckRule rule(Field rule, Check act, Profile profile) {
        Field mode = rule.member("mode");
        Mode chosen = mode == null ? null : mode.choice(Choices.MODES);
        return new CheckRule(
                chosen,
                null,
                ParameterValues.read(rule.member("parameters"), act.info(), profile),
                except(rule.member("except")));
    }

    private static Except except(@Nullable Field except) {
        if (except == null || !except.isObject()) {
            return Except.NOBODY;
        }
        except.allowMembers("except", List.of("users", "groups"), List.of());
        return new Except(names(except.member("users")), names(except.member("groups")));
    }

    private static Set<String> names(@Nullable Field list) {
        Set<String> names = new LinkedHashSet<>();
        if (list != null) {
            names.addAll(ParameterValues.strings(list));
        }
        if (list != null && names.contains(EVERYBODY)) {
            list.refuse(EVERYBODY + " is everybody: give the act mode \"off\", or name those who may");
        }
        return names;
    }
}

package dev.portcullis.resource;

import dev.portcullis.catalogue.Catalogue;
import dev.portcullis.check.Check;
import dev.portcullis.check.Words;
import dev.portcullis.policy.BoundCheck.Fixing;
import dev.portcullis.policy.CheckRule;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Profile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec.checks}. */
final class CheckRules {
    private static final List<String> MEMBERS = List.of("mode", "fix", "overwrite", "parameters");
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
            } else if (rule != null && check != null && check.isAct()) {
                rule.refuseMember("is an act: write it as {act: " + id + "} in the list spec.acts");
            } else if (rule != null && check != null && rule.isObject()) {
                rules.put(id, reader.rule(rule, check));
            }
        }
        return rules;
    }

    private CheckRule rule(Field rule, Check check) {
        rule.allowMembers("a check", MEMBERS, List.of());
        Field mode = rule.member("mode");
        Mode chosen = mode == null ? null : mode.choice(Choices.MODES);
        return new CheckRule(
                chosen, fixing(rule, check), ParameterValues.read(rule.member("parameters"), check.info(), profile));
    }

    private static @Nullable Fixing fixing(Field rule, Check check) {
        Field fix = rule.member("fix");
        Boolean fixed = fix == null ? null : fix.bool();
        Field overwrite = rule.member("overwrite");
        if (overwrite != null && Boolean.TRUE.equals(overwrite.bool())) {
            if (!check.overwrites()) {
                overwrite.refuse("this check has no fix that writes over a value: set it to false");
            } else if (!Boolean.TRUE.equals(fixed)) {
                overwrite.refuse("writes nothing over without fix: true: set that beside it, or this to false");
            }
            return Fixing.OVERWRITING;
        }
        if (fixed == null) {
            return null;
        }
        return fixed ? Fixing.ALL : Fixing.NONE;
    }
}

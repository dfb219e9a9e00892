package dev.portcullis.resource;

import dev.portcullis.catalogue.Catalogue;
import dev.portcullis.check.Check;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Words;
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
                rules.put(id, reader.rule(rule, check.info()));
            }
        }
        return rules;
    }

    private CheckRule rule(Field rule, CheckInfo check) {
        rule.allowMembers("a check", MEMBERS, List.of());
        Field overwrite = rule.member("overwrite");
        if (overwrite != null && Boolean.TRUE.equals(overwrite.bool())) {
            overwrite.refuse(
                    "not supported by this version, which denies a weak value that somebody wrote: set it to false");
        }
        Field mode = rule.member("mode");
        Mode chosen = mode == null ? null : mode.choice(Choices.MODES);
        Field fix = rule.member("fix");
        Boolean fixed = fix == null ? null : fix.bool();
        return new CheckRule(chosen, fixed, ParameterValues.read(rule.member("parameters"), check, profile));
    }
}

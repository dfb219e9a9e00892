package dev.portcullis.crd;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The {@code spec} of a policy. The rules say what resource.Safeguards says, as far as a schema can tell. */
@ValidationRule(
        value = "!has(self.match) || !has(self.match.kinds) || 'Pod' in self.match.kinds || !("
                + PolicySpec.OF_KUBERNETES + ") || !(" + PolicySpec.ENFORCES + ")",
        message = "an enforcing policy must match Pod, or its checks could be stepped out of by making pods directly:"
                + " add Pod, or use mode warn or audit",
        fieldPath = ".match.kinds")
@ValidationRule(
        value = "!has(self.match) || !has(self.match.objects) || !has(self.match.objects.selector) || !("
                + PolicySpec.CHOOSES_OBJECTS + ") || !(" + PolicySpec.OF_KUBERNETES + ") || !(" + PolicySpec.ENFORCES
                + ")",
        message = "an enforcing policy must match objects whatever their labels, which whoever makes them chooses:"
                + " remove the selector, or use mode warn or audit",
        fieldPath = ".match.objects")
@ValidationRule(
        value = "!has(self.match) || !has(self.match.users) || !(" + PolicySpec.WARNS + ")",
        message = PolicySpec.ONLY_AUDIT,
        fieldPath = ".match.users")
@ValidationRule(
        value = "!has(self.match) || !has(self.match.groups) || !(" + PolicySpec.WARNS + ")",
        message = PolicySpec.ONLY_AUDIT,
        fieldPath = ".match.groups")
record PolicySpec(
        @JsonPropertyDescription("What it applies to; absent is everything.")
        Match match,

        @JsonPropertyDescription("The checks it starts from.") @Default("hardened")
        Profile profile,

        @JsonPropertyDescription("The version of the Pod Security Standards it holds to: latest or v1.N.")
        @Pattern("^(latest|v1\\.[0-9]{1,3})$") @Size(max = 8) String version,

        @JsonPropertyDescription("What a failed check leads to that says nothing itself.") @Default("enforce")
        Mode mode,

        @JsonPropertyDescription(
                "true applies safe fixes of enforced checks, false offers none, suggest only suggests.")
        JsonNode fix,

        @JsonPropertyDescription("Single checks, by id: their mode, fix and parameters.")
        Map<String, CheckRule> checks,

        @JsonPropertyDescription("Rules of its own, in CEL.") @Size(max = 64) List<Rule> rules,

        @JsonPropertyDescription("What is done to containers that run, and who may.") @Size(max = 64) List<Act> acts,

        @JsonPropertyDescription("Of Docker alone.") Docker docker,

        @JsonPropertyDescription("Whether the pod-security.kubernetes.io labels of namespaces are asked too.")
        @Default("ignore")
        Labels podSecurityLabels,

        @JsonPropertyDescription("Namespaces whose exemptions count.") @Size(max = 100) List<@Pattern(Names.LABEL) @Size(max = Names.LONGEST_LABEL) String> exemptionNamespaces) {

    static final String ONLY_AUDIT = "only a policy that audits may choose by who asks, as controllers make pods for"
            + " others: use mode audit";
    static final String OF_KUBERNETES = "!has(self.match.platforms) || 'kubernetes' in self.match.platforms";
    static final String CHOOSES_OBJECTS =
            "(has(self.match.objects.selector.matchLabels) && size(self.match.objects.selector.matchLabels) > 0)"
                    + " || (has(self.match.objects.selector.matchExpressions)"
                    + " && size(self.match.objects.selector.matchExpressions) > 0)";
    static final String ENFORCES = "self.podSecurityLabels == 'honour'"
            + " || (self.mode == 'enforce' && self.profile != 'none')"
            + " || (has(self.checks) && self.checks.exists(c, has(self.checks[c].mode)"
            + " ? self.checks[c].mode == 'enforce' : self.mode == 'enforce'))"
            + " || (has(self.rules) && self.rules.exists(r, has(r.mode) ? r.mode == 'enforce' : self.mode == 'enforce'))"
            + " || (has(self.acts) && self.acts.exists(a, has(a.mode) ? a.mode == 'enforce' : self.mode == 'enforce'))";
    static final String WARNS = "self.podSecurityLabels == 'honour'"
            + " || (self.mode in ['enforce', 'warn'] && self.profile != 'none')"
            + " || (has(self.checks) && self.checks.exists(c, has(self.checks[c].mode)"
            + " ? self.checks[c].mode in ['enforce', 'warn'] : self.mode in ['enforce', 'warn']))"
            + " || (has(self.rules) && self.rules.exists(r, has(r.mode)"
            + " ? r.mode in ['enforce', 'warn'] : self.mode in ['enforce', 'warn']))"
            + " || (has(self.acts) && self.acts.exists(a, has(a.mode)"
            + " ? a.mode in ['enforce', 'warn'] : self.mode in ['enforce', 'warn']))";

    /** Where it starts from. */
    enum Profile {
        @JsonProperty("baseline")
        BASELINE,
        @JsonProperty("restricted")
        RESTRICTED,
        @JsonProperty("hardened")
        HARDENED,
        @JsonProperty("none")
        NONE
    }

    /** What becomes of the labels of namespaces. */
    enum Labels {
        @JsonProperty("ignore")
        IGNORE,
        @JsonProperty("honour")
        HONOUR
    }

    /** What a policy applies to. */
    record Match(
            @Size(min = 1, max = 2) List<Platform> platforms,
            Namespaces namespaces,
            Objects objects,
            @Size(min = 1, max = 16) List<@Size(max = Names.LONGEST_LABEL) String> kinds,
            @Size(min = 1, max = 100) List<@Size(max = Names.LONGEST_TEXT) String> users,
            @Size(min = 1, max = 100) List<@Size(max = Names.LONGEST_TEXT) String> groups) {}

    /** By the namespace. */
    record Namespaces(
            Selector selector,
            @Size(max = 1_000) List<@Pattern(Names.LABEL) @Size(max = Names.LONGEST_LABEL) String> exclude) {}

    /** By the object itself. */
    record Objects(Selector selector) {}

    /** By labels. */
    record Selector(
            Map<String, String> matchLabels, @Size(max = 64) List<Requirement> matchExpressions) {}

    /** Of one label. */
    record Requirement(
            @Required @Size(max = 317) String key,
            @Required Operator operator,
            @Size(max = 100) List<@Size(max = Names.LONGEST_LABEL) String> values) {}

    /** How a label is compared. */
    enum Operator {
        @JsonProperty("In")
        IN,
        @JsonProperty("NotIn")
        NOT_IN,
        @JsonProperty("Exists")
        EXISTS,
        @JsonProperty("DoesNotExist")
        DOES_NOT_EXIST
    }

    /** A check. */
    record CheckRule(Mode mode, Boolean fix, Boolean overwrite, JsonNode parameters) {}

    /** A rule of its own. */
    record Rule(
            @Required @Pattern(Names.LABEL) @Size(max = Names.LONGEST_LABEL) String name,

            Mode mode,
            JsonNode params,

            @Required @Size(min = 1, max = Names.LONGEST_EXPRESSION) String expression,

            @Size(max = Names.LONGEST_TEXT) String message,
            @Size(max = Names.LONGEST_EXPRESSION) String messageExpression,
            RuleFix fix) {}

    /** What a rule would change. */
    record RuleFix(@Size(max = 64) List<Operation> patch) {}

    /** Of JSON Patch. */
    record Operation(
            @Required @Size(max = 16) String op,
            @Required @Size(max = Names.LONGEST_TEXT) String path,
            JsonNode value) {}

    /** Something done. */
    record Act(@Required @Size(max = Names.LONGEST_LABEL) String act, Mode mode, JsonNode parameters, Except except) {}

    /** Who may do it nevertheless. */
    record Except(
            @Size(max = 100) List<@Size(max = Names.LONGEST_TEXT) String> users,
            @Size(max = 100) List<@Size(max = Names.LONGEST_TEXT) String> groups) {}

    /** Of Docker. */
    record Docker(
            @JsonPropertyDescription("Routes denied by default that this policy opens.") @Size(max = 64) List<@Size(max = Names.LONGEST_LABEL) String> open) {}
}

package dev.portcullis.inspection;

import dev.portcullis.catalogue.Catalogue;
import dev.portcullis.check.Check;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Severity;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Rule;
import dev.portcullis.workload.Form;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The catalogue as the rules of a SARIF tool. */
final class SarifRules {
    /** The rule of what could not be read. */
    static final String UNREADABLE = "unreadable-input";

    /** That of the rules of policies, whose ids begin with it, as SARIF would have ids of parts of a rule. */
    private static final String OF_POLICIES = Rule.PREFIX.substring(0, Rule.PREFIX.length() - 1);

    private static final Map<String, Integer> INDEXES = indexes();

    private SarifRules() {}

    private static Map<String, Integer> indexes() {
        Map<String, Integer> indexes = new HashMap<>();
        Catalogue.all().forEach(check -> indexes.put(check.info().id(), indexes.size()));
        indexes.put(UNREADABLE, indexes.size());
        indexes.put(OF_POLICIES, indexes.size());
        return Map.copyOf(indexes);
    }

    /** Where a rule stands in the tool's list; null where it is not in it. */
    static @Nullable Integer index(String rule) {
        return INDEXES.get(rule.startsWith(Rule.PREFIX) ? OF_POLICIES : rule);
    }

    /** How strongly a mode speaks. */
    static String level(Mode mode) {
        return switch (mode) {
            case ENFORCE -> "error";
            case WARN -> "warning";
            case AUDIT, OFF -> "note";
        };
    }

    static ObjectNode tool() {
        ObjectNode tool = JsonNodeFactory.instance.objectNode();
        ObjectNode driver = tool.putObject("driver").put("name", "Portcullis");
        String version = SarifRules.class.getPackage().getImplementationVersion();
        if (version != null) {
            driver.put("version", version);
        }
        ArrayNode rules = driver.putArray("rules");
        for (Check check : Catalogue.all()) {
            describe(rules.addObject(), check.info());
        }
        describeUnreadable(rules.addObject());
        describeOfPolicies(rules.addObject());
        return tool;
    }

    private static void describe(ObjectNode rule, CheckInfo check) {
        rule.put("id", check.id());
        text(rule, "shortDescription", check.title());
        text(rule, "fullDescription", check.why());
        rule.set("help", help(check));
        rule.putObject("defaultConfiguration").put("level", defaultLevel(check));
        ObjectNode properties = rule.putObject("properties");
        properties.put("security-severity", score(check.severity())).put("precision", "very-high");
        ArrayNode tags = properties.putArray("tags").add("security");
        platforms(check).forEach(tags::add);
        check.references().forEach(tags::add);
    }

    private static ObjectNode help(CheckInfo check) {
        List<String> lines = new ArrayList<>();
        List<String> marked = new ArrayList<>();
        lines.add(check.why());
        marked.add(check.why());
        for (Form form : check.fields().forms()) {
            lines.add(form.title() + ": " + check.fields().of(form));
            marked.add("- " + form.title() + ": `" + check.fields().of(form) + "`");
        }
        if (!check.references().isEmpty()) {
            lines.add("References: " + String.join(", ", check.references()));
            marked.add("- References: " + String.join(", ", check.references()));
        }
        String more = "More: portcullis explain " + check.id() + ", docs/checks/" + check.id() + ".md";
        lines.add(more);
        marked.add("\n" + more);
        return JsonNodeFactory.instance
                .objectNode()
                .put("text", String.join("\n", lines))
                .put("markdown", marked.removeFirst() + "\n\n" + String.join("\n", marked));
    }

    private static void describeUnreadable(ObjectNode rule) {
        rule.put("id", UNREADABLE);
        text(rule, "shortDescription", "A document could not be read");
        text(
                rule,
                "fullDescription",
                "What cannot be read is not judged, and would not be taken by its platform either.");
        text(rule, "help", "Correct the text at the place the message names.");
        rule.putObject("defaultConfiguration").put("level", "error");
    }

    private static void describeOfPolicies(ObjectNode rule) {
        rule.put("id", OF_POLICIES);
        text(rule, "shortDescription", "A rule of a policy's own is broken");
        text(rule, "fullDescription", "A policy may ask more than the checks do, in rules that it names itself.");
        text(
                rule,
                "help",
                "Do what the message says; the result names the policy, which has the rule under spec.rules.");
        rule.putObject("defaultConfiguration").put("level", "error");
    }

    private static void text(ObjectNode rule, String name, String text) {
        rule.putObject(name).put("text", text);
    }

    private static Iterable<String> platforms(CheckInfo check) {
        TreeSet<String> platforms = new TreeSet<>();
        check.fields()
                .forms()
                .forEach(form -> platforms.add(form.platform().id().toLowerCase(Locale.ROOT)));
        return platforms;
    }

    private static String defaultLevel(CheckInfo check) {
        return switch (check.severity()) {
            case CRITICAL, HIGH -> check.advisory() ? "warning" : "error";
            case MEDIUM -> "warning";
            case LOW -> "note";
        };
    }

    /** On the scale of CVSS, by which viewers sort. */
    private static String score(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "9.5";
            case HIGH -> "8.0";
            case MEDIUM -> "5.5";
            case LOW -> "3.0";
        };
    }
}

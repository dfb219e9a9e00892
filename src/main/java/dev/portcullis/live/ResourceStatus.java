package dev.portcullis.live;

import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the status of a resource should say, and whether it says so already. */
final class ResourceStatus {
    /** So long a condition stands that another gate wrote and this one would put more mildly. */
    private static final Duration RESPECTED = Duration.ofMinutes(10);

    private ResourceStatus() {}

    static List<Condition> ofPolicy(Outcome<Policy> outcome) {
        return List.of(accepted(outcome), policyInForce(outcome));
    }

    static List<Condition> ofExemption(Outcome<Exemption> outcome, Instant now, ExemptionUse use) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(accepted(outcome));
        Exemption exemption = outcome.value();
        if (exemption == null) {
            conditions.add(new Condition("InForce", false, "NotAccepted", "it never was accepted"));
            return conditions;
        }
        ExemptionState state = ExemptionState.of(exemption, now, use);
        conditions.add(
                state == ExemptionState.EXPIRED
                        ? new Condition("InForce", false, "Expired", "it ended at " + exemption.expiresAt())
                        : inForce(outcome));
        conditions.add(
                use.isUsed(exemption)
                        ? new Condition("Used", true, "Covers", "it has covered a violation")
                        : new Condition("Used", false, "NothingYet", "it has covered no violation yet"));
        conditions.add(
                switch (state) {
                    case EXPIRED -> new Condition("ExpiresSoon", true, "Expired", ends(exemption));
                    case EXPIRING -> new Condition("ExpiresSoon", true, "WithinAWeek", ends(exemption));
                    default -> new Condition("ExpiresSoon", false, "NotYet", ends(exemption));
                });
        return conditions;
    }

    private static String ends(Exemption exemption) {
        return "expiresAt is " + exemption.expiresAt();
    }

    private static Condition accepted(Outcome<?> outcome) {
        return outcome.error() == null
                ? new Condition("Accepted", true, "Valid", "it can be used")
                : new Condition("Accepted", false, "Invalid", outcome.error());
    }

    private static Condition policyInForce(Outcome<Policy> outcome) {
        if (outcome.value() != null) {
            return inForce(outcome);
        }
        String instead = outcome.blind()
                ? "no good version is known: the built-in policy is enforced until this one is mended"
                : "it never was accepted";
        return new Condition("InForce", false, "NotAccepted", instead);
    }

    private static Condition inForce(Outcome<?> outcome) {
        return outcome.error() == null
                ? new Condition("InForce", true, "InForce", "decisions are made by it")
                : new Condition("InForce", true, "LastGoodVersion", "its last good version is in force");
    }

    /** The status to write; null where the resource has it, or that of a newer version. */
    static @Nullable ObjectNode change(JsonNode resource, List<Condition> wanted, Instant now) {
        long generation = Outcome.generation(resource);
        JsonNode status = resource.path("status");
        if (status.path("observedGeneration").asLong(0) > generation) {
            return null;
        }
        ObjectNode next = JsonNodeFactory.instance.objectNode().put("observedGeneration", generation);
        ArrayNode conditions = next.putArray("conditions");
        for (Condition condition : wanted) {
            JsonNode current = current(status, condition.type());
            conditions.add(
                    stands(current, condition, generation, now)
                            ? current
                            : written(condition, current, generation, now));
        }
        boolean same = status.path("observedGeneration").asLong(0) == generation
                && status.path("conditions").equals(conditions);
        return same ? null : next;
    }

    private static JsonNode current(JsonNode status, String type) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").stringValue("").equals(type)) {
                return condition;
            }
        }
        return JsonNodeFactory.instance.missingNode();
    }

    /** Two gates, perhaps of two versions, must come to rest on one text. */
    private static boolean stands(JsonNode current, Condition wanted, long generation, Instant now) {
        if (current.path("observedGeneration").asLong(-1) != generation) {
            return false;
        }
        boolean fresh = transition(current).isAfter(now.minus(RESPECTED));
        return isSame(current, wanted)
                || (fresh && Condition.weight(reason(current)) >= Condition.weight(wanted.reason()));
    }

    private static boolean isSame(JsonNode current, Condition wanted) {
        return current.path("status").stringValue("").equals(wanted.statusText())
                && reason(current).equals(wanted.reason());
    }

    private static String reason(JsonNode condition) {
        return condition.path("reason").stringValue("");
    }

    private static Instant transition(JsonNode condition) {
        try {
            return Instant.parse(condition.path("lastTransitionTime").stringValue(""));
        } catch (DateTimeParseException none) {
            return Instant.EPOCH;
        }
    }

    private static ObjectNode written(Condition condition, JsonNode current, long generation, Instant now) {
        Instant since = isSame(current, condition) ? transition(current) : now;
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", condition.type())
                .put("status", condition.statusText())
                .put("reason", condition.reason())
                .put("message", condition.message())
                .put("observedGeneration", generation)
                .put("lastTransitionTime", since.truncatedTo(ChronoUnit.SECONDS).toString());
    }
}

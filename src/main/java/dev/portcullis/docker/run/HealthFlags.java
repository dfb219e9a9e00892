package dev.portcullis.docker.run;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Flags of the health check, which say it together. */
final class HealthFlags {
    private static final String COMMAND = "health-cmd";
    private static final String RETRIES = "health-retries";
    private static final Map<String, String> DURATIONS = Map.of(
            "health-interval", "Interval",
            "health-timeout", "Timeout",
            "health-start-period", "StartPeriod",
            "health-start-interval", "StartInterval");

    static final List<String> NAMES = List.of(
            COMMAND, RETRIES, "health-interval", "health-timeout", "health-start-period", "health-start-interval");

    private HealthFlags() {}

    static void together(Draft draft) throws RunLineException {
        boolean any = false;
        for (String name : NAMES) {
            Given given = draft.noted(name);
            any |= given != null && say(given, draft);
        }
        Given none = draft.notedTrue("no-healthcheck");
        if (none != null) {
            if (any) {
                throw none.refuse("conflicts with --health-…", "leave out one of them");
            }
            draft.set("Healthcheck/Test", Draft.NODES.arrayNode().add("NONE"), none);
        }
    }

    /** Whether it says anything. */
    private static boolean say(Given given, Draft draft) throws RunLineException {
        String name = given.flag().name();
        if (name.equals(COMMAND)) {
            JsonNode test = Draft.NODES.arrayNode().add("CMD-SHELL").add(given.value());
            return !given.value().isEmpty() && set("Test", test, given, draft);
        }
        long number = name.equals(RETRIES)
                ? FlagValues.whole(given, given.value(), 0, Integer.MAX_VALUE)
                : FlagValues.duration(given);
        return number != 0
                && set(DURATIONS.getOrDefault(name, "Retries"), Draft.NODES.numberNode(number), given, draft);
    }

    private static boolean set(String field, JsonNode value, Given given, Draft draft) {
        draft.set("Healthcheck/" + field, value, given);
        return true;
    }
}

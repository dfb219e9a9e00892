package dev.portcullis.resource;

import dev.portcullis.policy.ClosedRoute;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Profile;
import dev.portcullis.workload.Platform;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The words of a policy, in the order in which they are told. */
final class Choices {
    static final Map<String, Profile> PROFILES = of(Arrays.asList(Profile.values()), Profile::id);
    static final Map<String, Mode> MODES = of(Arrays.asList(Mode.values()).reversed(), Mode::id);
    static final Map<String, Platform> PLATFORMS = of(Arrays.asList(Platform.values()), Platform::id);
    static final Map<String, ClosedRoute> CLOSED_ROUTES = of(Arrays.asList(ClosedRoute.values()), ClosedRoute::id);
    static final Map<String, PolicyTestFile.Operation> OPERATIONS =
            of(Arrays.asList(PolicyTestFile.Operation.values()), PolicyTestFile.Operation::name);
    static final Map<String, Boolean> DECISIONS = of(List.of(true, false), allowed -> allowed ? "allow" : "deny");

    private Choices() {}

    private static <T> Map<String, T> of(List<T> values, Function<T, String> name) {
        Map<String, T> words = new LinkedHashMap<>();
        values.forEach(value -> words.put(name.apply(value), value));
        return Collections.unmodifiableMap(words);
    }
}

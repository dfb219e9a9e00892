package dev.portcullis.console;

import dev.portcullis.history.Gate;
import dev.portcullis.history.GateState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A gate, and what is wrong with it.
 *
 * @param problems silent (nothing was heard for a minute), certificate (it ends within 14 days), policies (gates of its
 *     cluster decide by different ones)
 */
record GateRow(
        String cluster,
        String instance,
        Instant startedAt,
        Instant heardAt,
        @Nullable String version,
        @Nullable String policies,
        @Nullable Instant certificateEnds,
        long decisions,
        @Nullable Long p50Micros,
        @Nullable Long p99Micros,
        long waiting,
        long lost,
        List<String> problems) {
    /** A gate says something every 15 seconds. */
    static final Duration SILENCE = Duration.ofSeconds(60);

    static final Duration BEFORE_THE_END = Duration.ofDays(14);

    /** Rows of gates. */
    static List<GateRow> all(List<Gate> gates, Instant now) {
        Map<String, Set<String>> policies = gates.stream()
                .filter(gate -> gate.state().policies() != null && !isSilent(gate, now))
                .collect(Collectors.groupingBy(
                        gate -> gate.state().cluster(),
                        Collectors.mapping(gate -> String.valueOf(gate.state().policies()), Collectors.toSet())));
        return gates.stream()
                .map(gate -> of(
                        gate,
                        now,
                        policies.getOrDefault(gate.state().cluster(), Set.of()).size() > 1))
                .toList();
    }

    private static boolean isSilent(Gate gate, Instant now) {
        return gate.heard().plus(SILENCE).isBefore(now);
    }

    private static GateRow of(Gate gate, Instant now, boolean differs) {
        GateState state = gate.state();
        Instant ends = state.certificateEnds();
        List<String> problems = new ArrayList<>();
        if (isSilent(gate, now)) {
            problems.add("silent");
        } else if (differs) {
            problems.add("policies");
        }
        if (ends != null && ends.minus(BEFORE_THE_END).isBefore(now)) {
            problems.add("certificate");
        }
        return new GateRow(
                state.cluster(),
                state.instance(),
                gate.started(),
                gate.heard(),
                state.version(),
                state.policies(),
                ends,
                state.decisions(),
                state.p50Micros(),
                state.p99Micros(),
                state.waiting(),
                state.lost(),
                problems);
    }
}

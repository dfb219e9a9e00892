package dev.portcullis.live;

import static dev.portcullis.live.Resources.BAD;
import static dev.portcullis.live.Resources.GOOD;
import static dev.portcullis.live.Resources.OTHER;
import static dev.portcullis.live.Resources.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class LastGoodTest {
    private static final Instant NOW = Instant.parse("2026-11-28T00:00:00Z");

    private final LastGood<Policy> policies = Resources.policies();

    @Test
    void anInvalidVersionLeavesTheLastGoodOneInForce() {
        String before = read(policy("a", "1", 1, GOOD)).set().version();

        Composition after = read(policy("a", "1", 2, BAD));

        assertThat(after.set().version()).isEqualTo(before);
        assertThat(after.alarm()).isNull();
        assertThat(read(policy("a", "1", 3, OTHER)).set().version()).isNotEqualTo(before);
    }

    @Test
    void soDoesOneThatIsMadeAnew() {
        String before = read(policy("a", "1", 1, GOOD)).set().version();

        assertThat(read().set().version()).startsWith("built-in-warn");
        assertThat(read(policy("a", "2", 1, BAD)).set().version()).isEqualTo(before);
    }

    @Test
    void butNotForEver() {
        read(policy("a", "1", 1, GOOD));
        read();

        Composition after = compose(policies.read(List.of(), NOW.plus(Duration.ofMinutes(6))));
        assertThat(after.set().version()).startsWith("built-in-warn");
        assertThat(compose(policies.read(List.of(policy("a", "2", 1, BAD)), NOW.plus(Duration.ofMinutes(6))))
                        .set()
                        .version())
                .startsWith("built-in-warn");
    }

    @Test
    void oneThatNeverWasGoodDoesNotCountBesideOthers() {
        String before = read(policy("a", "1", 1, GOOD)).set().version();

        assertThat(read(policy("a", "1", 1, GOOD), policy("b", "2", 1, BAD))
                        .set()
                        .version())
                .isEqualTo(before);
        assertThat(read(policy("a", "1", 1, GOOD), policy("b", "2", 2, BAD))
                        .set()
                        .version())
                .isEqualTo(before);
    }

    @Test
    void afterARestartTheBuiltInPolicyEnforcesInThePlaceOfWhatIsNotKnown() {
        Composition begun = read(policy("a", "1", 1, GOOD), policy("b", "2", 2, BAD));

        assertThat(begun.set().version()).startsWith("built-in-enforce+");
        assertThat(begun.set().names()).containsExactly("a", "default");
        assertThat(begun.set().policies().getLast().strictest()).isEqualTo(Mode.ENFORCE);
        assertThat(begun.alarm()).contains("HardeningPolicy b");

        assertThat(read(policy("a", "1", 1, GOOD), policy("b", "2", 3, OTHER)).alarm())
                .isNull();
    }

    @Test
    void afterAGapInWhatWasSeenToo() {
        read(policy("a", "1", 1, GOOD));

        assertThat(read(policy("a", "1", 1, GOOD), policy("b", "2", 4, BAD)).alarm())
                .contains("HardeningPolicy b");
    }

    @Test
    void moreThanCanBeHeldAreRefusedUntilThereIsRoomAndWhatIsInForceStays() {
        LastGood<String> names = new LastGood<>(Outcome::key, true, new Alarms(new SimpleMeterRegistry()));
        List<JsonNode> many = new ArrayList<>();
        for (int i = 0; i < LastGood.MOST; i++) {
            many.add(policy("m%04d".formatted(i), "1", 1, GOOD));
        }
        assertThat(names.read(many, NOW)).allMatch(outcome -> outcome.error() == null);

        many.add(policy("n", "1", 1, GOOD));
        assertThat(names.read(many, NOW).getLast().error()).contains("more than 5,000");
        many.add(policy("a", "1", 1, GOOD));
        List<Outcome<String>> crowded = names.read(many, NOW);
        assertThat(crowded.getFirst().value()).isEqualTo("a");
        assertThat(crowded.stream().filter(outcome -> outcome.value() == null)).hasSize(1);

        assertThat(names.read(many.subList(2, many.size()), NOW)).allMatch(outcome -> outcome.error() == null);
    }

    @Test
    void oneThatBreaksTheReaderDoesNotStopTheOthers() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        LastGood<String> names = new LastGood<>(
                resource -> {
                    if (Outcome.key(resource).equals("a")) {
                        throw new IllegalStateException("a defect");
                    }
                    return Outcome.key(resource);
                },
                true,
                new Alarms(registry));

        List<Outcome<String>> read = names.read(List.of(policy("a", "1", 1, GOOD), policy("b", "2", 1, GOOD)), NOW);

        assertThat(read.getFirst().error()).contains("fault of the gate");
        assertThat(read.getLast().value()).isEqualTo("b");
        assertThat(registry.get("portcullis.policy.errors").counter().count()).isEqualTo(1);
    }

    private Composition read(JsonNode... resources) {
        return compose(policies.read(List.of(resources), NOW));
    }

    private static Composition compose(List<Outcome<Policy>> read) {
        return Composition.of(read, List.of(), Mode.WARN, Set.of());
    }

    @Test
    void aRevokedExemptionStaysRevoked() {
        LastGood<Exemption> exemptions = Resources.exemptions();
        JsonNode good = Resources.exemption("a", 1, "2027-03-01T00:00:00Z");
        assertThat(exemptions.read(List.of(good), NOW).getFirst().value()).isNotNull();
        assertThat(exemptions.read(List.of(), NOW)).isEmpty();
        ObjectNode anew = (ObjectNode) Resources.exemption("a", 1, "soon");
        ((ObjectNode) anew.path("metadata")).put("uid", "another");
        assertThat(exemptions
                        .read(List.of(anew), NOW.plusSeconds(240))
                        .getFirst()
                        .value())
                .isNull();
    }
}

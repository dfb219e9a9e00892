package dev.portcullis.live;

import static dev.portcullis.live.Resources.BAD;
import static dev.portcullis.live.Resources.GOOD;
import static dev.portcullis.live.Resources.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cluster.StatusResult;
import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ResourceStatusTest {
    private static final Instant NOW = Instant.parse("2026-11-28T00:00:00Z");

    @Test
    void isWrittenOnceAndNotAgain() {
        JsonNode resource = policy("a", "1", 2, GOOD);

        ObjectNode first = Objects.requireNonNull(change(resource, resource, NOW));

        assertThat(condition(first, 0).path("type").asString()).isEqualTo("Accepted");
        assertThat(condition(first, 0).path("status").asString()).isEqualTo("True");
        assertThat(condition(first, 1).path("type").asString()).isEqualTo("InForce");
        assertThat(first.path("observedGeneration").asLong()).isEqualTo(2);
        assertThat(change(with(resource, first), resource, NOW.plusSeconds(60))).isNull();
    }

    @Test
    void tellsThePathOfTheErrorAndKeepsTheTimeOfWhatDidNotTurn() {
        LastGood<Policy> policies = Resources.policies();
        JsonNode good = policy("a", "1", 1, GOOD);
        Outcome<Policy> before = policies.read(List.of(good), NOW).getFirst();
        ObjectNode first = Objects.requireNonNull(ResourceStatus.change(good, ResourceStatus.ofPolicy(before), NOW));

        JsonNode bad = with(policy("a", "1", 2, BAD), first);
        Outcome<Policy> after = policies.read(List.of(bad), NOW).getFirst();
        Instant later = NOW.plusSeconds(60);
        ObjectNode second = Objects.requireNonNull(ResourceStatus.change(bad, ResourceStatus.ofPolicy(after), later));

        assertThat(condition(second, 0).path("message").asString())
                .contains("spec.profil", "did you mean \"profile\"?");
        assertThat(condition(second, 0).path("lastTransitionTime").asString()).isEqualTo(later.toString());
        assertThat(condition(second, 1).path("reason").asString()).isEqualTo("LastGoodVersion");
    }

    @Test
    void neverCoversThatOfANewerVersion() {
        JsonNode older = policy("a", "1", 2, GOOD);
        ObjectNode newer = Objects.requireNonNull(change(policy("a", "1", 3, GOOD), policy("a", "1", 3, GOOD), NOW));

        assertThat(change(with(older, newer), older, NOW)).isNull();
    }

    @Test
    void twoGatesThatSeeItDifferentlyComeToRest() {
        JsonNode bad = policy("a", "1", 2, BAD);
        LastGood<Policy> old = Resources.policies();
        old.read(List.of(policy("a", "1", 1, GOOD)), NOW);
        List<Condition> knowing =
                ResourceStatus.ofPolicy(old.read(List.of(bad), NOW).getFirst());
        List<Condition> blind = ResourceStatus.ofPolicy(
                Resources.policies().read(List.of(bad), NOW).getFirst());

        JsonNode state = bad;
        int writes = 0;
        for (int i = 0; i < 6; i++) {
            ObjectNode change = ResourceStatus.change(state, i % 2 == 0 ? knowing : blind, NOW.plusSeconds(i));
            if (change != null) {
                writes++;
                state = with(bad, change);
            }
        }

        assertThat(writes).isEqualTo(2);
        assertThat(condition(state.path("status"), 1).path("reason").asString()).isEqualTo("NotAccepted");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-27T00:00:00Z, EXPIRED, False, Expired",
        "2026-12-01T00:00:00Z, EXPIRING, True, WithinAWeek",
        "2027-12-01T00:00:00Z, UNUSED, True, NotYet",
    })
    void exemptionsSayWhenTheyEnd(String end, ExemptionState state, String inForce, String soon) {
        Outcome<Exemption> outcome = Resources.exemptions()
                .read(List.of(Resources.exemption("e", 1, end)), NOW)
                .getFirst();
        ExemptionUse use = new ExemptionUse();

        List<Condition> conditions = ResourceStatus.ofExemption(outcome, NOW, use);

        assertThat(ExemptionState.of(Objects.requireNonNull(outcome.value()), NOW, use))
                .isEqualTo(state);
        assertThat(conditions)
                .extracting(Condition::type)
                .containsExactly("Accepted", "InForce", "Used", "ExpiresSoon");
        assertThat(conditions.get(1).statusText()).isEqualTo(inForce);
        assertThat(conditions.get(3).reason()).isEqualTo(soon);
    }

    @Test
    void withoutTheRightToWriteItIsTriedLessAndLess() {
        Deque<Instant> tries = new ArrayDeque<>();
        Instant[] clock = {NOW};
        StatusKeeper keeper = new StatusKeeper(
                (_, _) -> {
                    tries.add(clock[0]);
                    return StatusResult.FORBIDDEN;
                },
                () -> clock[0]);
        List<StatusKeeper.Wanted> wanted = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            JsonNode resource = policy("p" + i, "u" + i, 1, GOOD);
            wanted.add(new StatusKeeper.Wanted(resource, conditions(resource)));
        }

        for (int second = 0; second < 3_600; second++) {
            clock[0] = NOW.plusSeconds(second);
            keeper.keep(wanted);
        }

        assertThat(tries).hasSizeBetween(10, 25);
        Instant last = tries.removeLast();
        assertThat(Duration.between(tries.removeLast(), last)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void manyAreWrittenAFewAtATime() {
        List<String> written = new ArrayList<>();
        StatusKeeper keeper = new StatusKeeper(
                (resource, _) -> {
                    written.add(Outcome.key(resource));
                    return StatusResult.WRITTEN;
                },
                () -> NOW);
        List<StatusKeeper.Wanted> wanted = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            JsonNode resource = policy("p" + i, "u" + i, 1, GOOD);
            wanted.add(new StatusKeeper.Wanted(resource, conditions(resource)));
        }

        keeper.keep(wanted);

        assertThat(written).hasSize(20);
    }

    private static @Nullable ObjectNode change(JsonNode resource, JsonNode read, Instant now) {
        return ResourceStatus.change(resource, conditions(read), now);
    }

    private static List<Condition> conditions(JsonNode resource) {
        return ResourceStatus.ofPolicy(
                Resources.policies().read(List.of(resource), NOW).getFirst());
    }

    private static JsonNode with(JsonNode resource, ObjectNode status) {
        ObjectNode changed = (ObjectNode) resource.deepCopy();
        changed.set("status", status);
        return changed;
    }

    private static JsonNode condition(JsonNode status, int index) {
        return status.path("conditions").path(index);
    }

    @Test
    void aStatusOfAnyTimeDoesNotStopTheOthers() {
        ObjectNode policy = (ObjectNode) Resources.policy("a", "1", 1, Resources.GOOD);
        ObjectNode condition = policy.putObject("status")
                .put("observedGeneration", 1)
                .putArray("conditions")
                .addObject();
        condition
                .put("type", "Accepted")
                .put("status", "True")
                .put("reason", "Valid")
                .put("message", "x")
                .put("observedGeneration", 1)
                .put("lastTransitionTime", "+1000000000-12-31T23:59:59Z");
        assertThat(ResourceStatus.change(
                        policy,
                        ResourceStatus.ofPolicy(
                                Resources.policies().read(List.of(policy), NOW).getFirst()),
                        NOW))
                .isNotNull();
    }
}

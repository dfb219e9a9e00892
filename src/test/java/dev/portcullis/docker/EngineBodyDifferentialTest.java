package dev.portcullis.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.docker.CreateBodies.Body;
import dev.portcullis.docker.CreateBodies.Trap;
import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.testing.Oracle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import tools.jackson.databind.JsonNode;

/** Create bodies are decoded as Go's own decoder decodes them into the engine's own types, or refused. */
class EngineBodyDifferentialTest {
    private static final long SEED = 20_261_124;
    private static final int BATCHES = 20;
    private static final int BATCH = 1_000;

    /** The only refusals of bodies that Go reads, by what the message says. */
    private static final Map<Trap, List<String>> DELIBERATE = Map.of(
            Trap.DUPLICATE, List.of("stands twice in one object"),
            Trap.SECOND_SPELLING, List.of("twice, in two spellings of one key"),
            Trap.MISPLACED, List.of("belongs to HostConfig"),
            Trap.LONE_SURROGATE, List.of("surrogate"),
            Trap.DEPTH, List.of("over a limit of this reader (Document nesting depth"),
            Trap.NUMBER,
                    List.of("over a limit of this reader (Number value length", "a number that no double can hold"),
            Trap.NO_OBJECT, List.of("is no object"));

    private final Map<Trap, Integer> refused = new EnumMap<>(Trap.class);
    private int decoded;
    private int refusedByBoth;
    private int minusZeros;

    @Test
    void decodesAsGoOrRefuses(TestReporter reporter) {
        Oracle oracle = Oracle.of("docker");
        CreateBodies bodies = new CreateBodies(SEED, RecordedBodies.creates());
        for (int batch = 0; batch < BATCHES; batch++) {
            List<Body> asked = new ArrayList<>(BATCH);
            List<Map<String, String>> questions = new ArrayList<>(BATCH);
            for (int i = 0; i < BATCH; i++) {
                Body body = bodies.next();
                asked.add(body);
                questions.add(Map.of("body", body.text()));
            }
            List<JsonNode> answers = oracle.ask(questions);
            for (int i = 0; i < BATCH; i++) {
                compare(asked.get(i), answers.get(i));
            }
        }
        reporter.publishEntry(Map.of(
                "decoded", String.valueOf(decoded),
                "refused by both", String.valueOf(refusedByBoth),
                "minus zero", String.valueOf(minusZeros),
                "refused though Go reads", refused.toString()));
        assertThat(decoded).isGreaterThan(BATCHES * BATCH * 3 / 10);
        assertThat(refusedByBoth).isGreaterThan(BATCHES * BATCH / 20);
        assertThat(refused).containsOnlyKeys(Trap.values());
        assertThat(minusZeros).isLessThan(BATCHES * BATCH / 100);
    }

    private void compare(Body body, JsonNode answer) {
        boolean goReads = answer.has("json") && !answer.has("trailing");
        try {
            GoValue value = EngineBody.create(Json.read(body.text().getBytes(UTF_8)));
            if (isMinusZero(answer)) {
                minusZeros++;
                return;
            }
            assertThat(goReads).as(() -> answer + " for " + body.text()).isTrue();
            GoComparison.assertSame(EngineTypes.CREATE, value, answer.get("json"));
            decoded++;
        } catch (UnreadableException | MalformedBodyException e) {
            if (goReads) {
                count(body, e);
            } else {
                refusedByBoth++;
            }
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\nfor " + body.text() + "\nGo says " + answer, e);
        }
    }

    /** The tree does not keep the sign of zero, which Go minds for types without sign: such a body runs nowhere. */
    private static boolean isMinusZero(JsonNode answer) {
        return answer.path("error").asString("").contains("cannot unmarshal number -0 into Go");
    }

    private void count(Body body, Exception refusal) {
        String message = String.valueOf(refusal.getMessage());
        @Nullable Trap trap = null;
        for (Trap candidate : Trap.values()) {
            if (DELIBERATE.getOrDefault(candidate, List.of()).stream().anyMatch(message::contains)) {
                trap = candidate;
            }
        }
        assertThat(trap).as(() -> message + "\nfor " + body.text()).isNotNull();
        assertThat(body.traps()).as(() -> message + "\nfor " + body.text()).contains(trap);
        refused.merge(trap, 1, Integer::sum);
    }
}

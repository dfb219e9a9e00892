package dev.portcullis.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExpressionsTest {
    private static final Budget BUDGET = new Budget(1_000_000, Duration.ofSeconds(10));
    private static final JsonNode POD = new JsonMapper().readTree("""
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "labels": {"app": "web"}, "newField": 7},
             "spec": {"hostNetwork": true, "containers": [
               {"name": "a", "image": "registry.example/a:1", "ports": [{"containerPort": 8080}],
                "resources": {"limits": {"memory": "1Gi", "cpu": 2}}},
               {"name": "b", "image": "registry.example/b:1"}]}}
            """);

    private static final Expressions PODS = Expressions.forKinds(Set.of("Pod"));

    private static Object value(String source) throws ExpressionException, EvaluationException {
        return PODS.compile(source, ResultType.ANY).evaluate(Map.of("object", Values.of(POD)), BUDGET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "has(object.spec.hostNetwork) && object.spec.hostNetwork",
                "object.spec.containers.all(c, c.image.startsWith('registry.example/'))",
                "object.metadata.labels['app'] == 'web'",
                "object.metadata.labels.app == 'web'",
                "object.spec.containers[0].ports[0].containerPort == 8080",
                "object.spec.containers[0].resources.limits.cpu == 2",
                "!has(object.spec.containers[1].securityContext)",
                "object.spec.?securityContext.?runAsNonRoot.orValue(true)",
                "object.spec.containers.map(c, c.name) == ['a', 'b']",
                "object.spec.containers.exists(c, has(c.ports))",
                "has(object.metadata.labels) && object.metadata.labels.exists(k, k == 'app')",
                "size(object.spec.containers) == 2"
            })
    void aRuleOverAPodHolds(String source) throws ExpressionException, EvaluationException {
        assertThat(value(source)).isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "object.spec.containrs.size() > 0|line 1, column 12: undefined field 'containrs'; did you mean 'containers'?",
                "true &&   object.spec.hostNetwrk|line 1, column 22: undefined field 'hostNetwrk'; did you mean 'hostNetwork'?",
                "has(object.spec.nonsense)|line 1, column 4: undefined field 'nonsense'",
                "object.spec.containers.all(c, c.imag == '')|line 1, column 32: undefined field 'imag'; did you mean 'image'?",
                "object.spec.hostNetwork == 'true'|line 1, column 25: found no matching overload for '_==_'",
                "objct.spec|line 1, column 1: undeclared reference to 'objct'",
                "object.spec.containers.size() >|line 1, column 32: mismatched input '<EOF>'",
                "google.protobuf.Struct{} == 1|line 1, column 23: undeclared reference to 'google.protobuf.Struct'",
                "[1, 'a'] == []|line 1, column 5: expected type 'int' but found 'string'",
                "'a'.matches('(')|line 1, column 13: invalid regular expression",
                "duration('1y') == duration('1s')|line 1, column 10: invalid duration",
                "'%s'.format([1, 2]) == ''|line 1, column 13: the format asks for 1 arguments and is given 2",
                "size(object.spec.containers)|it must give bool and gives int"
            })
    void whatCannotBeCompiledIsToldWithItsPlace(String source, String start) {
        assertThatThrownBy(() -> PODS.compile(source, ResultType.BOOL))
                .isInstanceOf(ExpressionException.class)
                .message()
                .startsWith(start)
                .hasSizeLessThan(400);
    }

    @Test
    void eachKindIsCheckedByItself() throws ExpressionException {
        Expressions both = Expressions.forKinds(Set.of("Pod", "Deployment"));
        assertThatThrownBy(() -> both.compile("object.spec.replicas > 1", ResultType.BOOL))
                .hasMessage("for Pod: line 1, column 12: undefined field 'replicas'");
        assertThatThrownBy(() -> both.compile("object.spec.template.spec.hostPID", ResultType.BOOL))
                .hasMessageStartingWith("for Pod: line 1, column 12: undefined field 'template'");
        assertThatThrownBy(() -> both.compile("object.spc", ResultType.ANY))
                .hasMessageStartingWith("line 1, column 7: undefined field 'spc'");
        both.compile("object.metadata.name == '' && oldObject == null", ResultType.BOOL);
    }

    @Test
    void everyControllersPodTemplateIsKnown() {
        assertThat(Expressions.knownKinds())
                .containsExactlyInAnyOrder(
                        "CronJob",
                        "DaemonSet",
                        "Deployment",
                        "Job",
                        "Pod",
                        "PodTemplate",
                        "ReplicaSet",
                        "ReplicationController",
                        "StatefulSet");
        assertThat(List.of("DaemonSet", "Deployment", "Job", "ReplicaSet", "ReplicationController", "StatefulSet"))
                .allSatisfy(kind -> Expressions.forKinds(Set.of(kind))
                        .compile("object.spec.template.spec.containers.all(c, c.image != '')", ResultType.BOOL));
    }

    @Test
    void aFieldThatTheSchemaDoesNotKnowStaysInTheValue() throws ExpressionException, EvaluationException {
        Expressions open = Expressions.forKinds(Set.of("Widget"));
        Expression expression = open.compile("object.metadata.newField == 7", ResultType.BOOL);
        assertThat(expression.evaluate(Map.of("object", Values.of(POD)), BUDGET))
                .isEqualTo(true);
    }

    @Test
    void aVariableMayBeNull() throws ExpressionException, EvaluationException {
        Map<String, Object> variables = new HashMap<>();
        variables.put("oldObject", null);
        assertThat(PODS.compile("oldObject == null", ResultType.BOOL).evaluate(variables, BUDGET))
                .isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"params.limit > 1", "params", "params == null", "!has(params.limit)"})
    void aVariableThatIsNotGivenIsAnError(String source) throws ExpressionException {
        Expression expression = PODS.compile(source, ResultType.ANY);
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> expression.evaluate(Map.of(), BUDGET))
                .withMessage("the variable params is not given")
                .satisfies(e -> assertThat(e.exhausted()).isFalse());
    }

    @Test
    void whatIsKnownOnlyLaterIsLookedAtThen() throws ExpressionException {
        Expression expression = PODS.compile("params", ResultType.STRING);
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> expression.evaluate(Map.of("params", 1L), BUDGET))
                .withMessage("it did not give string");
    }

    @Test
    void aSpentBudgetIsToldApartFromAnError() throws ExpressionException {
        Expression expression = PODS.compile("lists.range(30000).all(i, i >= 0) || true", ResultType.BOOL);
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> expression.evaluate(Map.of(), new Budget(100, Duration.ofSeconds(1))))
                .withMessageContaining("100 units")
                .satisfies(e -> assertThat(e.exhausted()).isTrue());
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> expression.evaluate(Map.of(), new Budget(1_000_000, Duration.ofNanos(1))))
                .withMessageContaining("longer than")
                .satisfies(e -> assertThat(e.exhausted()).isTrue());
    }

    @Test
    void littleWorkIsNotCutOffForTheTimeItWaited() throws ExpressionException, EvaluationException {
        Expression expression = PODS.compile("1 + 1 == 2", ResultType.BOOL);
        assertThat(expression.evaluate(Map.of(), new Budget(1_000_000, Duration.ofNanos(1))))
                .isEqualTo(true);
    }

    @Test
    void errorsSayWhatWentWrong() throws ExpressionException {
        Expression expression = PODS.compile("object.spec.nodeName == 'a'", ResultType.BOOL);
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> expression.evaluate(Map.of("object", Values.of(POD)), BUDGET))
                .withMessageContaining("nodeName");
    }

    @Test
    void aHugeExpressionIsRefused() {
        assertThatThrownBy(() -> PODS.compile("true" + " || true".repeat(2000), ResultType.BOOL))
                .isInstanceOf(ExpressionException.class);
        assertThatThrownBy(() -> PODS.compile("(".repeat(2000) + "true" + ")".repeat(2000), ResultType.BOOL))
                .isInstanceOf(ExpressionException.class);
        assertThatThrownBy(() -> PODS.compile("[".repeat(2000) + "]".repeat(2000) + " == 1", ResultType.BOOL))
                .isInstanceOf(ExpressionException.class);
    }

    @Test
    void aLongListOfAlternativesIsFine() throws ExpressionException, EvaluationException {
        String source = IntStream.range(0, 300).mapToObj(i -> "params == " + i).collect(Collectors.joining(" || "));
        assertThat(PODS.compile(source, ResultType.BOOL).evaluate(Map.of("params", 299L), BUDGET))
                .isEqualTo(true);
    }

    @Test
    void deepNestingEndsOneWayOrTheOther() {
        List<String> sources = List.of(
                "params" + ".a".repeat(240),
                "1" + "+1".repeat(240) + " == params",
                "[".repeat(240) + "]".repeat(240),
                "[1,2].all(a, ".repeat(30) + "true" + ")".repeat(30),
                "params" + ".a".repeat(4000),
                "'x'.matches('" + "(".repeat(2000) + ")".repeat(2000) + "')");
        assertThat(sources).allSatisfy(source -> {
            try {
                PODS.compile(source, ResultType.ANY).evaluate(Map.of("params", 241L), Budget.DEFAULT);
            } catch (ExpressionException | EvaluationException e) {
                assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(300);
            }
        });
    }

    @Test
    void oneExpressionServesManyThreads() throws Exception {
        Expression expression =
                PODS.compile("object.spec.containers.all(c, c.image.matches('^registry'))", ResultType.BOOL);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Object>> calls = IntStream.range(0, 200)
                    .<Callable<Object>>mapToObj(
                            i -> () -> expression.evaluate(Map.of("object", Values.of(POD)), BUDGET))
                    .toList();
            for (Future<Object> call : threads.invokeAll(calls)) {
                assertThat(call.get()).isEqualTo(true);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0,1ns", "1,0ns", "-1,1ns"})
    void aBudgetIsPositive(long units, String time) {
        Duration duration = Duration.ofNanos(Long.parseLong(time.replace("ns", "")));
        assertThatThrownBy(() -> new Budget(units, duration)).isInstanceOf(IllegalArgumentException.class);
    }
}

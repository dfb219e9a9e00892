package dev.portcullis.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions that would run for ever or fill the memory, over input as large as a request may be. */
class RunawayTest {
    private static final Expressions EXPRESSIONS = Expressions.of(Map.of(
            "a", Type.DYN, "x", Type.DYN, "big", Type.DYN, "texts", Type.DYN, "deep", Type.DYN, "map", Type.DYN));

    private static final Map<String, Object> VARIABLES = variables();

    private static Map<String, Object> variables() {
        List<Object> big =
                IntStream.range(0, 100_000).<Object>mapToObj(i -> (long) i).toList();
        List<Object> texts =
                IntStream.range(0, 20_000).<Object>mapToObj(i -> colliding(i)).toList();
        Map<String, Object> map = new HashMap<>();
        IntStream.range(0, 100_000).forEach(i -> map.put("key" + i, (long) i));
        Object deep = List.of(1L);
        for (int i = 0; i < 100_000; i++) {
            deep = new Listing(new Object[] {deep});
        }
        return Map.of("a", "a".repeat(100_000), "x", "x", "big", big, "texts", texts, "deep", deep, "map", map);
    }

    /** Texts that all have the same hash in Java. */
    private static String colliding(int number) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 16; bit++) {
            text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    @ParameterizedTest
    @Timeout(value = 5, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @ValueSource(
            strings = {
                "big.all(i, big.all(j, i + j >= 0))",
                "big.map(i, big.map(j, i)).size() > 0",
                "big.exists(i, big.exists(j, i + j < 0)) || true",
                "big.all(i, 1 / (i - i) > 0) || big.all(i, big.all(j, true))",
                "big.filter(i, i in big && i < 0).size() == 0",
                "big.map(i, [dyn(i), dyn([i])]).distinct().size() > 0",
                "big.map(i, 1.5 * double(i)).distinct().size() > 0",
                "sets.contains(big, big.reverse())",
                "sets.equivalent(big.map(i, -i), big.map(i, -i - 1))",
                "big.map(i, map).all(m, m == map)",
                "map.map(k, map).all(m, m == map)",
                "map.all(k, map.all(l, k != l || k == l))",
                "map.transformMap(k, v, map).size() > 0 && map.all(k, map == map)",
                "big.map(i, big).flatten().size() > 0",
                "[[big, big, big, big]].map(l, [l, l, l, l, l, l, l, l]).map(l, [l, l, l, l, l, l, l, l])"
                        + ".map(l, [l, l, l, l, l, l, l, l]).flatten(9).size() > 0",
                "deep.flatten(9223372036854775807).size() > 0",
                "deep == [deep]",
                "'%s'.format([deep]) == ''",
                "lists.range(9223372036854775807).size() > 0",
                "lists.range(2147483647).size() > 0",
                "lists.range(999999).all(i, lists.range(999999).size() > 0)",
                "[a+a+a+a].map(b, b+b+b+b).map(b, b+b+b+b).map(b, b+b+b+b).map(b, b+b+b+b).size() > 0",
                "[bytes(a)].map(b, b+b+b+b).map(b, b+b+b+b).map(b, b+b+b+b).map(b, b+b+b+b).size() > 0",
                "big.map(i, a).join('').size() > 0",
                "big.map(i, a + string(i)).size() > 0",
                "a.replace('a', a).size() > 0",
                "a.replace('', a).size() > 0",
                "a.split('').map(c, a.split('')).size() > 0",
                "'%s%s%s%s%s%s%s%s%s%s%s%s%s%s%s'.format([a,a,a,a,a,a,a,a,a,a,a,a,a,a,a]) == x",
                "big.all(i, a.contains(a + 'b') == false)",
                "big.all(i, a.indexOf('a'.replace('a', a.substring(50000)) + 'b') < 0)",
                "big.all(i, a.size() > 0)",
                "big.all(i, a == a + '' && a <= a)",
                "a.findAll('a(.*z)?').size() > 0",
                "a.findAll('(a|b)*?z').size() > 0 || big.all(i, !a.matches('z$'))",
                "big.all(i, a.matches('(a+)+b') == false)",
                "a.matches('(a?){500}(a{500})z') || big.all(i, a.matches('(.*)(.*)(.*)(.*)(.*)[0-9]'))",
                "big.all(i, 'x'.matches('(a{' + string(i % 30 + 1) + '}b{' + string(i) + '}){9}') == false) || big.all(i, big == big)",
                "big.all(i, 'x'.matches('(?i)[a-z' + string(i) + ']{100}') || true) && big.all(i, big == big)",
                "big.map(i, {string(i): map}).all(m, m == {x: map}) || map.all(k, map == map)",
                "big.sortBy(i, -i).map(i, big.sort()).size() > 0",
                "texts.map(t, texts.distinct()).size() > 0",
                "big.map(i, big.reverse()).size() > 0",
                "big.map(i, '%s'.format([big])).size() > 0",
                "big.map(i, strings.quote(a)).size() > 0",
                "big.transformMapEntry(i, v, {string(i): map}).all(k, v, map.all(l, map == v))"
            })
    void endsWithinItsBudget(String source) throws ExpressionException {
        Expression expression = EXPRESSIONS.compile(source, ResultType.ANY);
        long start = System.nanoTime();
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> expression.evaluate(VARIABLES, Budget.DEFAULT));
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(1000);
    }

    /** A list that holds lists that hold one another, of which there are 2^40 in all, told in a message. */
    @ParameterizedTest
    @Timeout(value = 5, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @ValueSource(
            strings = {
                "%s ? 1 : 2",
                "[?%s]",
                "{?'a': %s}",
                "{%s: 1}",
                "%s.startsWith('a')",
                "%s + 1",
                "dyn(%s).foo",
                "x[%s]",
                "{'a': 1}[%s]",
                "int(%s)",
                "%s || false",
                "%s.map(i, i).all(i, i)",
                "map[%s]",
                "'%%d'.format([%s])",
                "type(%s) == int ? 1 : 1 / 0"
            })
    void messagesTellNoListWhole(String template) throws ExpressionException {
        StringBuilder bush = new StringBuilder("[[dyn([1])]");
        for (int i = 0; i < 40; i++) {
            bush.append(".map(l, dyn([l, l]))");
        }
        Expression expression = EXPRESSIONS.compile(
                bush.substring(1) + ".map(l, dyn(" + template.formatted("l") + "))", ResultType.ANY);
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> expression.evaluate(VARIABLES, Budget.DEFAULT))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }
}

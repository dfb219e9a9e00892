package dev.portcullis.cel;

import dev.cel.runtime.CelEvaluationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All functions, by name and number of arguments. They stand in for all of dev.cel's own: those are not metered, some take the
 * square of their arguments' size, and some give other results than Kubernetes.
 */
final class Operations {
    private static final Map<String, Operation> ALL = all();

    private Operations() {}

    private static Map<String, Operation> all() {
        Map<String, Operation> all = new HashMap<>();
        Stream.of(
                        Logic.operations(),
                        Comparison.operations(),
                        Arithmetic.operations(),
                        Conversions.operations(),
                        Times.operations(),
                        Texts.operations(),
                        Formatting.operations(),
                        Regexes.operations(),
                        Lists.operations(),
                        Selection.operations(),
                        Optionals.operations())
                .forEach(all::putAll);
        all.put("indexOf/2", (in, meter) -> indexOf(in[0], in[1], meter));
        all.put("lastIndexOf/2", (in, meter) -> lastIndexOf(in[0], in[1], meter));
        return Map.copyOf(all);
    }

    private static Object indexOf(Object whole, Object part, Meter meter) throws CelEvaluationException {
        if (whole instanceof List<?> list) {
            return Lists.indexOf(list, part, meter);
        }
        String text = Operation.text(whole, "indexOf");
        meter.chargeText(text.length());
        return Texts.indexOf(text, Operation.text(part, "indexOf"), 0);
    }

    private static Object lastIndexOf(Object whole, Object part, Meter meter) throws CelEvaluationException {
        if (whole instanceof List<?> list) {
            return Lists.lastIndexOf(list, part, meter);
        }
        String text = Operation.text(whole, "lastIndexOf");
        meter.chargeText(text.length());
        return Texts.lastIndexOf(text, Operation.text(part, "lastIndexOf"));
    }

    /** The one of a name and a number of arguments; null where there is none. */
    static @Nullable Operation of(String function, int arguments) {
        return ALL.get(function + "/" + arguments);
    }
}

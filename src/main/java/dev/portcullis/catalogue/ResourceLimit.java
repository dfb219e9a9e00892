package dev.portcullis.catalogue;

import dev.portcullis.check.Findings;
import dev.portcullis.check.Fix;
import dev.portcullis.check.Words;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.regex.Pattern;

/** What memory and CPU limits are judged by alike: there is one, and it is neither zero nor less, which means none. */
final class ResourceLimit {
    private static final Pattern NONE = Pattern.compile("-.*+|[+]?(?:0[xX])?0*+\\.?0*+(?:[eE][+-]?[0-9]++|[A-Za-z]*+)");

    private ResourceLimit() {}

    /** Whether an amount, as any platform writes it, means that there is no limit. */
    static boolean isNone(String amount) {
        return NONE.matcher(amount).matches();
    }

    /**
     * Judges every container.
     *
     * @param amount the limit that is filled in where one is missing
     * @param meaning what an engine's own number means to people
     */
    static void judge(
            Workload workload,
            Function<Container, Setting<String>> limit,
            long amount,
            LongFunction<String> meaning,
            Findings findings) {
        for (Container container : workload.containers()) {
            judge(container, limit.apply(container), Long.toString(amount), meaning, findings);
        }
    }

    private static void judge(
            Container container,
            Setting<String> limit,
            String amount,
            LongFunction<String> meaning,
            Findings findings) {
        switch (limit) {
            case Setting.Inexpressible<String> none -> findings.skip(container, none.why());
            case Setting.Absent<String> absent -> {
                Edit edit = absent.edit(amount);
                findings.missing(container, absent, remedy(edit, meaning), Fix.optional(edit));
            }
            case Setting.Declared<String> declared
            when isNone(declared.value()) -> {
                Edit edit = declared.edit(amount);
                findings.fail(
                        container,
                        declared,
                        "is " + Words.value(declared.raw()) + ", which means unlimited",
                        remedy(edit, meaning),
                        Fix.overwriting(edit));
            }
            case Setting.Declared<String> declared -> findings.pass(container);
        }
    }

    private static String remedy(Edit edit, LongFunction<String> meaning) {
        Object example = ((Edit.Set) edit).value();
        String explained =
                example instanceof Long number ? number + " (" + meaning.apply(number) + ")" : example.toString();
        return "set a limit, such as " + explained;
    }
}

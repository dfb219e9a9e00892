package dev.portcullis.catalogue;

import dev.portcullis.check.Findings;
import dev.portcullis.check.Words;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What memory and CPU limits are judged by alike: there is one, and it is neither zero nor less, which means none. */
final class ResourceLimit {
    private static final Pattern NONE = Pattern.compile("-.*+|[+]?0*+\\.?0*+(?:[eE][+-]?[0-9]++|[A-Za-z]*+)");

    private ResourceLimit() {}

    /**
     * Judges every container.
     *
     * @param docker an example of a limit as the Docker Engine takes it, {@code compose} as a compose file and
     *     {@code kubernetes} as a pod write it
     */
    static void judge(
            Workload workload,
            Function<Container, Setting<String>> limit,
            String docker,
            String compose,
            String kubernetes,
            Findings findings) {
        String example = switch (workload.subject().form()) {
            case COMPOSE_SERVICE -> compose;
            case POD -> kubernetes;
            default -> docker;
        };
        for (Container container : workload.containers()) {
            judge(container, limit.apply(container), "set a limit, such as " + example, findings);
        }
    }

    private static void judge(Container container, Setting<String> limit, String remedy, Findings findings) {
        switch (limit) {
            case Setting.Inexpressible<String> none -> findings.skip(container, none.why());
            case Setting.Absent<String> absent -> findings.missing(container, absent, remedy, null);
            case Setting.Declared<String> declared
            when NONE.matcher(declared.value()).matches() ->
                findings.fail(
                        container,
                        declared,
                        "is " + Words.value(declared.raw()) + ", which means unlimited",
                        remedy,
                        null);
            case Setting.Declared<String> declared -> findings.pass(container);
        }
    }
}

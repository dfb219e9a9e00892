package dev.portcullis.kubernetes;

import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.Setting;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Reads the limit of one resource, for one container. A limit of the pod as a whole limits each of its containers too. */
final class LimitReader {
    private final Fields spec;
    private final Fields pod;

    /** A reader of the limits of a pod's containers. */
    LimitReader(Fields spec) throws MalformedObjectException {
        this.spec = spec;
        this.pod = spec.object("resources");
    }

    /** A limit of memory, to be filled in from bytes. */
    Setting<String> memory(Fields container) throws MalformedObjectException {
        return limit(container, "memory", Quantity::ofBytes);
    }

    /** A limit of CPU, to be filled in from thousandths of a CPU. */
    Setting<String> cpu(Fields container) throws MalformedObjectException {
        return limit(container, "cpu", Quantity::ofThousandths);
    }

    private Setting<String> limit(Fields container, String resource, LongFunction<String> quantity)
            throws MalformedObjectException {
        Fields limits = container.object("limits");
        Notation<String> notation = atLeast(container.object("requests").quantity(resource), quantity);
        String own = limits.quantity(resource);
        if (own != null) {
            return new Setting.Declared<>(own, limits.pathOf(resource), own, notation);
        }
        Fields podLimits = pod.object("limits");
        String podRequest = pod.object("requests").quantity(resource);
        Notation<String> podNotation = atLeast(podRequest, quantity);
        if (podRequest != null && podLimits.quantity(resource) == null) {
            podNotation = atLeast(largest(podRequest, resource), quantity);
        }
        String shared = podLimits.quantity(resource);
        if (shared != null) {
            return new Setting.Declared<>(shared, podLimits.pathOf(resource), shared, podNotation);
        }
        // What containers ask for is counted against what the pod asks for, and a limit alone is asked for too.
        return podRequest == null
                ? new Setting.Absent<>(limits.pathOf(resource), notation)
                : new Setting.Absent<>(podLimits.pathOf(resource), podNotation);
    }

    /** What a limit of the whole pod may not be below: what it requests, and what its containers are limited to. */
    private String largest(String podRequest, String resource) throws MalformedObjectException {
        String largest = podRequest;
        for (String list : List.of("containers", "initContainers")) {
            for (Fields container : spec.objects(list)) {
                String limit = container.object("resources").object("limits").quantity(resource);
                largest = Quantity.larger(largest, limit);
            }
        }
        return largest;
    }

    /** The API refuses a limit below what is requested. */
    private static Notation<String> atLeast(@Nullable String request, LongFunction<String> quantity) {
        return (path, amount) -> new Edit.Set(path, Quantity.larger(quantity.apply(Long.parseLong(amount)), request));
    }
}

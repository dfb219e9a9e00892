package dev.portcullis.cel;

import dev.portcullis.policy.Circumstances;
import dev.portcullis.policy.Namespace;
import dev.portcullis.policy.NamespaceKnowledge;
import dev.portcullis.workload.Workload;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The values of variables in one decision, each made when a rule first speaks of it, and once for all rules. */
final class Scope {
    static final String OBJECT = "object";
    static final String OLD_OBJECT = "oldObject";
    static final String REQUEST = "request";
    static final String NAMESPACE = "namespaceObject";
    static final String WORKLOAD = "workload";
    static final String PARAMS = "params";

    /** All rules of one decision together: an API server waits for seconds, not for each of a hundred rules. */
    private static final long MOST_NANOSECONDS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Workload workload;
    private final Circumstances circumstances;
    private final Map<String, Object> made = new HashMap<>();
    private final Spending spending;

    private Scope(Workload workload, Circumstances circumstances) {
        this.workload = workload;
        this.circumstances = circumstances;
        this.spending = circumstances.origin().remember(Spending.class, Spending::new);
    }

    /** What a decision has spent on rules, those asked of owners and of the state before an update included. */
    private static final class Spending {
        private long nanoseconds;
    }

    @SuppressWarnings(
            "ReferenceEquality") // what a fix has changed is another workload, and to compare long ones is not free
    static Scope of(Workload workload, Circumstances circumstances) {
        Scope known = circumstances.remember(Scope.class, () -> new Scope(workload, circumstances));
        return known.workload == workload ? known : new Scope(workload, circumstances);
    }

    /**
     * The value of an expression.
     *
     * @throws EvaluationException where it has none, or where the expressions before it have taken all the time there is
     */
    Object evaluate(Expression expression, Object params) throws EvaluationException {
        if (spending.nanoseconds > MOST_NANOSECONDS) {
            throw new EvaluationException("the rules before it took more than 500 ms together", true);
        }
        long start = System.nanoTime();
        try {
            return expression.evaluate(name -> name.equals(PARAMS) ? params : value(name), Budget.DEFAULT);
        } finally {
            spending.nanoseconds += System.nanoTime() - start;
        }
    }

    /** Null is CEL's null. */
    private @Nullable Object value(String name) {
        Object known = made.get(name);
        if (known == null) {
            known = make(name);
            if (known != null) {
                made.put(name, known);
            }
        }
        return known;
    }

    private @Nullable Object make(String name) {
        return switch (name) {
            case OBJECT -> tree(circumstances.variables().object());
            case OLD_OBJECT -> tree(circumstances.variables().oldObject());
            case REQUEST -> tree(circumstances.variables().request().get());
            case NAMESPACE -> namespace();
            case WORKLOAD -> WorkloadView.of(workload);
            default -> null;
        };
    }

    private static @Nullable Object tree(@Nullable Object tree) {
        return tree instanceof JsonNode node ? Values.of(node) : tree;
    }

    private @Nullable Object namespace() {
        if (!(circumstances.namespace() instanceof NamespaceKnowledge.Known known)) {
            return null;
        }
        Namespace namespace = known.namespace();
        Map<String, Object> metadata = new HashMap<>();
        metadata.put("name", namespace.name());
        putUnlessEmpty(metadata, "labels", namespace.labels());
        putUnlessEmpty(metadata, "annotations", namespace.annotations());
        if (namespace.uid() != null) {
            metadata.put("uid", namespace.uid());
        }
        return Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", metadata);
    }

    /** As in Kubernetes, where {@code has()} of an empty map is false. */
    private static void putUnlessEmpty(Map<String, Object> members, String name, Map<String, String> value) {
        if (!value.isEmpty()) {
            members.put(name, value);
        }
    }
}

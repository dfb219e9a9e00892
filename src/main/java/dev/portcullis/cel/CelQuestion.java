package dev.portcullis.cel;

import dev.portcullis.check.Fix;
import dev.portcullis.policy.Circumstances;
import dev.portcullis.policy.NamespaceKnowledge;
import dev.portcullis.policy.Question;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Workload;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A rule in CEL. */
final class CelQuestion implements Question {
    private static final Answer PASSED = new Passed();

    /** What only requests of an API server, and documents for it, have. */
    private static final Set<String> OF_KUBERNETES =
            Set.of(Scope.OBJECT, Scope.OLD_OBJECT, Scope.REQUEST, Scope.NAMESPACE);

    private static final Set<Form> FORMS = Set.of(Form.POD, Form.CONTAINER, Form.COMPOSE_SERVICE);

    private final Expression expression;
    private final @Nullable Expression messageExpression;
    private final String message;
    private final Object params;
    private final @Nullable RulePatch patch;
    private final boolean ofKubernetes;
    private final boolean asksForNamespace;

    CelQuestion(
            Expression expression,
            @Nullable Expression messageExpression,
            String message,
            Object params,
            @Nullable RulePatch patch) {
        this.expression = expression;
        this.messageExpression = messageExpression;
        this.message = message;
        this.params = params;
        this.patch = patch;
        this.ofKubernetes = OF_KUBERNETES.stream().anyMatch(this::speaksOf);
        this.asksForNamespace = speaksOf(Scope.NAMESPACE);
    }

    private boolean speaksOf(String variable) {
        return expression.speaksOf(variable) || (messageExpression != null && messageExpression.speaksOf(variable));
    }

    @Override
    public String message() {
        return message;
    }

    @Override
    public boolean concerns(Form form) {
        return FORMS.contains(form) && (!ofKubernetes || form.platform() == Platform.KUBERNETES);
    }

    @Override
    public boolean asksForNamespace() {
        return asksForNamespace;
    }

    @Override
    public Answer ask(Workload workload, Circumstances circumstances) {
        if (asksForNamespace && circumstances.namespace() instanceof NamespaceKnowledge.Assumed) {
            return new Skipped("its namespace is not known");
        }
        Scope scope = Scope.of(workload, circumstances);
        try {
            Object holds = scope.evaluate(expression, params);
            return holds.equals(true) ? PASSED : new Failed(message(scope), fix(workload, circumstances));
        } catch (EvaluationException broken) {
            return new Broken(String.valueOf(broken.getMessage()));
        }
    }

    /** It is written for pods, and means nothing in other documents. */
    private @Nullable Fix fix(Workload workload, Circumstances circumstances) {
        return workload.platform() == Platform.KUBERNETES ? RulePatch.fix(patch, circumstances.pod()) : null;
    }

    /** As in Kubernetes, a message that cannot be made is no reason to let anything through, or to hide what failed. */
    private String message(Scope scope) {
        if (messageExpression == null) {
            return message;
        }
        try {
            String made = (String) scope.evaluate(messageExpression, params);
            return made.isBlank() ? message : made.strip();
        } catch (EvaluationException _) {
            return message;
        }
    }
}

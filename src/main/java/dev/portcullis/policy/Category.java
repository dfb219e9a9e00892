package dev.portcullis.policy;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.PodSecurityStandard;
import dev.portcullis.workload.Form;
import java.util.Set;

/** What a check is about, as documentation, reports and the console group them; in the order in which they are told. */
public enum Category {
    /** Asked by the Pod Security Standards' baseline. */
    BASELINE("Pod Security Standards (baseline)", "What the Pod Security Standards ask of everything."),
    /** Asked by the Pod Security Standards' restricted alone. */
    RESTRICTED("Pod Security Standards (restricted)", "What the Pod Security Standards ask beyond that."),
    /** Of containers and pods. */
    CONTAINERS("Container Hardening", "What else a container or pod may ask for."),
    /** Of how an image is built. */
    DOCKERFILES("Dockerfiles", "How an image is built."),
    /** Of requests. */
    REQUESTS("Requests", "What may be asked of an API server or a Docker engine besides starting containers."),
    /** Of what only ever warns. */
    ADVICE("Advice", "These only ever warn: they tell what would not work, or what one text alone cannot show."),
    /** Rules of policies' own. */
    RULES("Own rules", "What policies ask by rules of their own.");

    private static final Set<Form> OF_DOCKERFILES = Set.of(Form.DOCKERFILE);
    private static final Set<Form> OF_REQUESTS = Set.of(Form.POD_REQUEST, Form.ENGINE_REQUEST);

    private final String title;
    private final String text;

    Category(String title, String text) {
        this.title = title;
        this.text = text;
    }

    /** That of a check, or of a rule. */
    public static Category of(CheckInfo check) {
        PodSecurityStandard standard = check.standard();
        if (check.id().startsWith(Rule.PREFIX)) {
            return RULES;
        }
        if (check.advisory()) {
            return ADVICE;
        }
        if (standard != null) {
            return standard.baselineSince() == null ? RESTRICTED : BASELINE;
        }
        Set<Form> forms = check.fields().forms();
        if (forms.equals(OF_DOCKERFILES)) {
            return DOCKERFILES;
        }
        return OF_REQUESTS.containsAll(forms) ? REQUESTS : CONTAINERS;
    }

    /** What it is called. */
    public String title() {
        return title;
    }

    /** One sentence that says what is asked. */
    public String text() {
        return text;
    }
}

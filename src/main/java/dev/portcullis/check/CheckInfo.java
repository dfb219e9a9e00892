package dev.portcullis.check;

import dev.portcullis.workload.Form;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a check is, as documentation, reports and profiles tell it.
 *
 * @param id stable, kebab-case
 * @param revision raised whenever a verdict changes
 * @param title one line, what it asks
 * @param why one or two sentences, what goes wrong without it
 * @param standard its place in the Pod Security Standards, null where they do not know it
 * @param fields what it reads in each form; it is not asked of any other
 * @param references controls of known benchmarks that ask the same
 * @param advisory whether it only ever warns: it tells what would not work, or what one text alone cannot show
 */
public record CheckInfo(
        String id,
        int revision,
        Severity severity,
        String title,
        String why,
        @Nullable PodSecurityStandard standard,
        Fields fields,
        List<String> references,
        List<Parameter> parameters,
        boolean advisory) {

    /** One that may deny. */
    public CheckInfo(
            String id,
            int revision,
            Severity severity,
            String title,
            String why,
            @Nullable PodSecurityStandard standard,
            Fields fields,
            List<String> references,
            List<Parameter> parameters) {
        this(id, revision, severity, title, why, standard, fields, references, parameters, false);
    }

    /** Whether a form has anything that this asks about. */
    public boolean concerns(Form form) {
        return fields.of(form) != null;
    }

    /** Whether what this asks of a form is about the pod as a whole, whatever containers it has. */
    public boolean concernsNoContainer(Form form) {
        String read = fields.of(form);
        return read != null && read.startsWith("spec.");
    }

    /** The parameters that no policy has changed. */
    public Parameters defaults() {
        return Parameters.of(this, Map.of());
    }
}

package dev.portcullis.check;

import dev.portcullis.workload.Form;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a check reads in each form in which a subject may be written. Forms that are not here have nothing to ask about. */
public final class Fields {
    private final Map<Form, String> byForm;

    private Fields(Map<Form, String> byForm) {
        this.byForm = byForm;
    }

    /** The fields of one form. */
    public static Fields in(Form form, String fields) {
        return new Fields(new EnumMap<>(Map.of(form, fields)));
    }

    /** These, and the fields of another form. */
    public Fields and(Form form, String fields) {
        Map<Form, String> more = new EnumMap<>(byForm);
        more.put(form, fields);
        return new Fields(more);
    }

    /** The fields of a form, null where it has none. */
    public @Nullable String of(Form form) {
        return byForm.get(form);
    }

    /** The forms that have any, in their own order. */
    public Set<Form> forms() {
        return byForm.keySet();
    }
}

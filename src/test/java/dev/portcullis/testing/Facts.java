package dev.portcullis.testing;

import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.ImageDigests;
import dev.portcullis.workload.ImageKnowledge;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.Scratch;
import dev.portcullis.workload.Setting;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that a record of the model says, without where it is written and how it would be written otherwise. */
public final class Facts {
    private Facts() {}

    /** One line a fact, in the order of the record; lists in the order of their text. */
    public static String of(Object thing) {
        List<String> lines = new ArrayList<>();
        tell("", thing, lines);
        return String.join("\n", lines);
    }

    private static void tell(String name, @Nullable Object thing, List<String> lines) {
        switch (thing) {
            case null -> {
                // says nothing
            }
            case FieldPath path -> {
                // is where it is written
            }
            case Notation<?> notation -> {
                // is how
            }
            case Scratch scratch -> {
                // is how, too
            }
            case ImageKnowledge knowledge -> {
                // comes from elsewhere
            }
            case ImageDigests digests -> {
                // come from elsewhere, too
            }
            case Setting.Declared<?> declared -> tell(name, declared.value(), lines);
            case Setting.Absent<?> absent -> lines.add(name + " absent");
            case Setting.Inexpressible<?> none -> lines.add(name + " inexpressible");
            case Collection<?> items ->
                items.stream().map(Facts::of).sorted().forEach(item -> lines.add(name + "[] " + item));
            case Record fields -> fields(name, fields, lines);
            default -> lines.add(name + " = " + thing);
        }
    }

    private static void fields(String name, Record fields, List<String> lines) {
        for (RecordComponent component : fields.getClass().getRecordComponents()) {
            try {
                var accessor = component.getAccessor();
                accessor.setAccessible(true);
                tell(name + "." + component.getName(), accessor.invoke(fields), lines);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(e.getMessage(), e);
            }
        }
    }
}

package dev.portcullis.catalogue;

import dev.portcullis.check.Findings;
import dev.portcullis.check.Fix;
import dev.portcullis.check.Words;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The shapes that most checks share, so that a check says only what is its own. */
final class Require {
    private Require() {}

    /** Whether a value that is missing may be filled in, and who decides that. */
    enum Filling {
        /** Without asking; a wrong one is written over where a policy says so. */
        SAFE,
        /** Where a policy opts in; a wrong one is written over where it says so. */
        OPTIONAL,
        /** Never, since it is right where it is missing; a wrong one is written over where a policy says so. */
        OVERWRITING,
        /** Never, nor is a wrong one written over. */
        NEVER;

        @Nullable Fix with(Edit edit) {
            return switch (this) {
                case SAFE -> Fix.safe(edit);
                case OPTIONAL -> Fix.optional(edit);
                case OVERWRITING, NEVER -> null;
            };
        }

        @Nullable Fix over(Edit edit) {
            return this == NEVER ? null : Fix.overwriting(edit);
        }
    }

    /** The value in effect must be the wanted one; a missing one may be filled in, or a wrong one written over. */
    static <T> void value(
            @Nullable Container container, Setting<T> setting, T wanted, Filling filling, Findings findings) {
        value(container, setting, wanted, filling, "", findings);
    }

    /** The same where the platform takes the wanted value only when something else is mended too: nothing is filled in. */
    static <T> void valueOnce(
            String condition, @Nullable Container container, Setting<T> setting, T wanted, Findings findings) {
        value(container, setting, wanted, Filling.NEVER, ", once " + condition, findings);
    }

    private static <T> void value(
            @Nullable Container container,
            Setting<T> setting,
            T wanted,
            Filling filling,
            String proviso,
            Findings findings) {
        switch (setting) {
            case Setting.Inexpressible<T> none -> findings.skip(container, none.why());
            case Setting.Declared<T> declared
            when !declared.value().equals(wanted) -> {
                Edit edit = declared.edit(wanted);
                findings.fail(container, declared, Words.remedy(edit) + proviso, filling.over(edit));
            }
            case Setting.Absent<T> absent
            when !wanted.equals(absent.otherwise()) -> {
                Edit edit = absent.edit(wanted);
                if (edit instanceof Edit.Append entry) {
                    String state = "is without " + Words.value(entry.value());
                    findings.fail(container, absent.path(), null, state, "add it" + proviso, filling.with(edit));
                } else {
                    findings.missing(container, absent, Words.remedy(edit) + proviso, filling.with(edit));
                }
            }
            default -> findings.pass(container);
        }
    }

    /**
     * Every element must be allowed; nothing said is fine.
     *
     * @param state what is wrong with one that is not
     */
    static <T> void each(
            @Nullable Container container,
            Setting<List<Setting.Declared<T>>> setting,
            Predicate<T> allowed,
            Function<Setting.Declared<T>, String> state,
            String remedy,
            Findings findings) {
        switch (setting) {
            case Setting.Inexpressible<?> none -> findings.skip(container, none.why());
            case Setting.Absent<?> absent -> findings.pass(container);
            case Setting.Declared<List<Setting.Declared<T>>> declared ->
                each(container, declared.value(), allowed, state, remedy, findings);
        }
    }

    private static <T> void each(
            @Nullable Container container,
            List<Setting.Declared<T>> items,
            Predicate<T> allowed,
            Function<Setting.Declared<T>, String> state,
            String remedy,
            Findings findings) {
        boolean clean = true;
        for (Setting.Declared<T> item : items) {
            if (!allowed.test(item.value())) {
                clean = false;
                findings.fail(container, item, state.apply(item), remedy, null);
            }
        }
        if (clean) {
            findings.pass(container);
        }
    }

    /**
     * Every container in turn; a Windows workload, where the setting means nothing, is passed over aloud.
     *
     * @param matter what the setting is about, in the plural
     */
    static void onLinux(Workload workload, String matter, Findings findings, Consumer<Container> ask) {
        if (workload.windows()) {
            findings.skip(null, matter + " do not apply to Windows workloads");
            return;
        }
        workload.containers().forEach(ask);
    }
}

package dev.portcullis.check;

import dev.portcullis.workload.Container;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Setting;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where one check puts its findings. */
public final class Findings {
    private final CheckInfo check;
    private final boolean keepPasses;
    private final Consumer<Finding> sink;

    /**
     * Findings of one check.
     *
     * @param keepPasses whether passes are wanted too; on the way of a request they are not
     */
    public Findings(CheckInfo check, boolean keepPasses, Consumer<Finding> sink) {
        this.check = check;
        this.keepPasses = keepPasses;
        this.sink = sink;
    }

    /** The container (or the workload, where null) is as it should be. */
    public void pass(@Nullable Container container) {
        if (keepPasses) {
            add(Result.PASS, container, null, null, "is as it should be", "", null);
        }
    }

    /** It cannot be judged here. */
    public void skip(@Nullable Container container, String why) {
        add(Result.SKIP, container, null, null, why, "", null);
    }

    /** What stands at a place cannot be judged here. */
    public void skip(@Nullable Container container, FieldPath path, String why) {
        add(Result.SKIP, container, path, null, why, "", null);
    }

    /** A value that is written is wrong. */
    public void fail(@Nullable Container container, Setting.Declared<?> setting, String remedy, @Nullable Fix fix) {
        fail(container, setting, "is " + Words.value(setting.raw()), remedy, fix);
    }

    /** A value that is written is wrong, for a reason its text does not show. */
    public void fail(
            @Nullable Container container,
            Setting.Declared<?> setting,
            String state,
            String remedy,
            @Nullable Fix fix) {
        add(Result.FAIL, container, setting.path(), setting.raw(), state, remedy, fix);
    }

    /** A value is missing. */
    public void missing(@Nullable Container container, Setting.Absent<?> setting, String remedy, @Nullable Fix fix) {
        add(Result.FAIL, container, setting.path(), null, "is not set", remedy, fix);
    }

    /** Something at a place is wrong that is no single setting. */
    public void fail(
            @Nullable Container container,
            FieldPath path,
            @Nullable Object value,
            String state,
            String remedy,
            @Nullable Fix fix) {
        add(Result.FAIL, container, path, value, state, remedy, fix);
    }

    /** What is asked for is wrong as a whole, not for a value in it. */
    public void fail(String state, String remedy) {
        add(Result.FAIL, null, null, null, state, remedy, null);
    }

    private void add(
            Result result,
            @Nullable Container container,
            @Nullable FieldPath path,
            @Nullable Object value,
            String state,
            String remedy,
            @Nullable Fix fix) {
        String name = container == null || container.name().isEmpty() ? null : container.name();
        sink.accept(new Finding(check, result, name, path, value, state, remedy, fix));
    }
}

package dev.portcullis.workload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One stage of a multi-stage build.
 *
 * @param name null where it has none
 * @param path where it begins
 * @param image what it is built on: an image or {@code scratch}; {@code Inexpressible} where that is known only when it is
 *     built
 * @param base the earlier stage it is built on, null where it is none
 * @param steps in their order
 */
public record BuildStage(
        @Nullable String name,
        FieldPath path,
        Setting<String> image,
        @Nullable BuildStage base,
        List<BuildStep> steps) {
    /** What a stage begins with that is built on nothing. */
    public static final String SCRATCH = "scratch";

    /** Whether it is built on nothing. */
    public boolean isFromScratch() {
        return base == null && image.isDeclared() && SCRATCH.equals(image.effective());
    }

    /** The stage that all of this is built on in the end, itself where it is built on no other. */
    public BuildStage bottom() {
        BuildStage stage = this;
        while (stage.base != null) {
            stage = stage.base;
        }
        return stage;
    }

    /** Without the stages below, of which there may be thousands. */
    @Override
    public String toString() {
        return path.pointer();
    }
}

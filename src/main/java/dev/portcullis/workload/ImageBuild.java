package dev.portcullis.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An image that is about to be built, as its Dockerfile says it.
 *
 * @param arguments those before the first stage
 * @param stages in the order in which they stand, at least one; the last one is the image unless the build asks for another
 */
public record ImageBuild(Subject subject, List<BuildStep.Variable> arguments, List<BuildStage> stages)
        implements Matter {
    /** The stage that becomes the image. */
    public BuildStage image() {
        return stages.getLast();
    }

    /** Every step of a kind, of all stages, in the order in which they stand. */
    public <T extends BuildStep> List<T> every(Class<T> kind) {
        return Stream.concat(arguments.stream(), stages.stream().flatMap(stage -> stage.steps().stream()))
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** The steps of a kind that shape the image, the last first: its stage's own, then what waited in the stage below. */
    public <T extends BuildStep> List<T> shaping(Class<T> kind) {
        List<T> shaping = new ArrayList<>();
        BuildStage stage = image();
        add(stage, kind, false, shaping);
        while (stage.base() != null) {
            stage = stage.base();
            add(stage, kind, true, shaping);
            add(stage, kind, false, shaping);
        }
        return shaping;
    }

    /** The one that counts where the last of a kind does. */
    public <T extends BuildStep> Optional<T> last(Class<T> kind) {
        return shaping(kind).stream().findFirst();
    }

    private static <T extends BuildStep> void add(BuildStage stage, Class<T> kind, boolean onBuild, List<T> shaping) {
        for (BuildStep step : stage.steps().reversed()) {
            if (kind.isInstance(step) && step.onBuild() == onBuild) {
                shaping.add(kind.cast(step));
            }
        }
    }
}

package dev.portcullis.docker.dockerfile;

import dev.portcullis.workload.BuildStage;
import dev.portcullis.workload.BuildStep;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.ImageBuild;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Makes stages of instructions, with their variables replaced as far as the file gives them values. */
final class BuildReader {
    /** Variables that stages take over from others, of all stages together. */
    private static final int MOST_INHERITED = 1_000_000;

    private final char escape;
    private final Scope global = Scope.empty(new Budget());
    private final List<BuildStep.Variable> arguments = new ArrayList<>();
    private final List<BuildStage> stages = new ArrayList<>();
    private final Map<String, BuildStage> byName = new HashMap<>();
    private final IdentityHashMap<BuildStage, Scope> scopes = new IdentityHashMap<>();
    private int inherited;

    BuildReader(char escape) {
        this.escape = escape;
    }

    ImageBuild read(List<Instruction> instructions) throws DockerfileException {
        int start = 0;
        while (!instructions.get(start).keyword().equals("FROM")) {
            FieldPath path = path("ARG", start);
            for (String argument : instructions.get(start).arguments()) {
                arguments.add(StepReader.argument(path, false, argument, global, null, escape));
            }
            start++;
        }
        while (start < instructions.size()) {
            int end = start + 1;
            while (end < instructions.size() && !instructions.get(end).keyword().equals("FROM")) {
                end++;
            }
            stage(instructions, start, end);
            start = end;
        }
        return new ImageBuild(
                new Subject(Form.DOCKERFILE, "Dockerfile", null, null), List.copyOf(arguments), List.copyOf(stages));
    }

    /** Whether files can be taken from an earlier stage of this name or number; a mount's name counts no stages. */
    private boolean isStage(String from) {
        return byName.containsKey(GoSpace.lower(from));
    }

    private static FieldPath path(String keyword, int position) {
        return FieldPath.ROOT.statement(keyword, position);
    }

    private void stage(List<Instruction> instructions, int start, int end) throws DockerfileException {
        Instruction from = instructions.get(start);
        FieldPath path = path("FROM", start);
        List<String> written = from.arguments();
        Setting<String> image = StepReader.setting(path, written.getFirst(), global, escape);
        BuildStage base = image.effective() == null ? null : byName.get(image.effective());
        String name = written.size() == 3 ? GoSpace.lower(written.get(2)) : null;
        Scope below = base == null ? null : scopes.get(base);
        Scope scope = below == null ? global.emptied() : below.below();
        inherited += scope.size();
        if (inherited > MOST_INHERITED) {
            throw new DockerfileException(
                    "stages take over more than " + MOST_INHERITED + " variables", from.position(), "split the build");
        }
        StepReader reader = new StepReader(scope, global, this::isStage, escape);
        List<BuildStep> steps = new ArrayList<>();
        for (int i = start + 1; i < end; i++) {
            reader.read(instructions.get(i), i, steps);
        }
        BuildStage stage = new BuildStage(name, path, image, base, List.copyOf(steps));
        stages.add(stage);
        scopes.put(stage, scope);
        if (name != null) {
            byName.put(name, stage);
        }
    }
}

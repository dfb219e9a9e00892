package dev.portcullis.docker.dockerfile;

import dev.portcullis.workload.BuildCommand;
import dev.portcullis.workload.BuildStage;
import dev.portcullis.workload.BuildStep;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes steps of the instructions of one stage. */
final class StepReader {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern PLAIN_NAME = Pattern.compile("[a-zA-Z0-9_.-]+");

    private final Scope scope;
    private final Scope global;
    private final Predicate<String> isStage;
    private final char escape;

    /**
     * Reads the instructions of one stage.
     *
     * @param isStage whether an earlier stage has a name
     */
    StepReader(Scope scope, Scope global, Predicate<String> isStage, char escape) {
        this.scope = scope;
        this.global = global;
        this.isStage = isStage;
        this.escape = escape;
    }

    /** Adds what an instruction does; what an ONBUILD holds knows no variable yet. */
    void read(Instruction instruction, int position, List<BuildStep> steps) {
        Instruction trigger = instruction.trigger();
        if (trigger == null) {
            add(instruction, FieldPath.ROOT.statement(instruction.keyword(), position), false, steps);
        } else {
            FieldPath path = FieldPath.ROOT.statement("ONBUILD " + trigger.keyword(), position);
            // What is a plain name may be a stage of the build to come.
            new StepReader(scope.emptied(), scope.emptied(), StepReader::isPlainName, escape)
                    .add(trigger.with(instruction.heredocs()), path, true, steps);
        }
    }

    private void add(Instruction instruction, FieldPath path, boolean onBuild, List<BuildStep> steps) {
        List<String> arguments = instruction.arguments();
        if (arguments.isEmpty()) {
            return;
        }
        switch (instruction.keyword()) {
            case "USER" ->
                steps.add(new BuildStep.User(path, onBuild, setting(path, arguments.getFirst(), scope, escape)));
            case "HEALTHCHECK" -> {
                boolean none = arguments.getFirst().toUpperCase(Locale.ROOT).equals("NONE");
                steps.add(new BuildStep.Health(path, onBuild, !none));
                List<String> probe = arguments.subList(1, arguments.size());
                steps.add(new BuildStep.Start(path, onBuild, new BuildCommand(!instruction.json(), probe, List.of())));
            }
            case "CMD", "ENTRYPOINT" ->
                steps.add(new BuildStep.Start(
                        path, onBuild, new BuildCommand(!instruction.json(), arguments, List.of())));
            case "RUN" -> {
                BuildCommand command = new BuildCommand(!instruction.json(), arguments, texts(instruction));
                steps.add(new BuildStep.Run(path, onBuild, command));
                for (String from : RunFlags.mountedFrom(instruction.flags())) {
                    takeFrom(from, path.as(path.field() + " --mount=from"), onBuild, steps);
                }
            }
            case "ADD", "COPY" -> {
                steps.add(files(instruction, path, onBuild));
                String from = instruction.flag("from");
                if (from != null && !NUMBER.matcher(from).matches()) {
                    takeFrom(from, path.as(path.field() + " --from"), onBuild, steps);
                }
            }
            case "LABEL" -> labels(arguments, path, onBuild, steps);
            case "ENV" -> environment(arguments, path, onBuild, steps);
            case "ARG" -> {
                for (String argument : arguments) {
                    steps.add(argument(path, onBuild, argument, scope, global, escape));
                }
            }
            default -> {
                // nothing that a check asks about
            }
        }
    }

    /** What is no stage is an image; {@code scratch} is nothing at all. */
    private void takeFrom(String from, FieldPath path, boolean onBuild, List<BuildStep> steps) {
        if (!from.isEmpty() && !from.equals(BuildStage.SCRATCH) && !isStage.test(from)) {
            steps.add(new BuildStep.OtherImage(
                    path, onBuild, new Setting.Declared<>(from, path, from, Notation.plain())));
        }
    }

    private static boolean isPlainName(String name) {
        return PLAIN_NAME.matcher(name).matches();
    }

    private void labels(List<String> pairs, FieldPath path, boolean onBuild, List<BuildStep> steps) {
        for (int i = 0; i + 1 < pairs.size(); i += 3) {
            String written = pairs.get(i + 1);
            steps.add(new BuildStep.Label(path, onBuild, pairs.get(i), written, text(scope.expand(written, escape))));
        }
    }

    private static List<String> texts(Instruction instruction) {
        return instruction.heredocs().stream().map(Heredoc::text).toList();
    }

    private BuildStep.Files files(Instruction instruction, FieldPath path, boolean onBuild) {
        List<Setting<String>> sources = new ArrayList<>();
        for (String source :
                instruction.arguments().subList(0, instruction.arguments().size() - 1)) {
            if (!Heredocs.isOne(source)) {
                sources.add(setting(path, source, scope, escape));
            }
        }
        String unpack = instruction.flag("unpack");
        return new BuildStep.Files(
                path,
                onBuild,
                instruction.keyword().equals("ADD"),
                List.copyOf(sources),
                texts(instruction),
                instruction.flag("checksum"),
                unpack == null ? null : !GoSpace.lower(unpack).equals("false"));
    }

    /** The values of one ENV are all made from what was before it. */
    private void environment(List<String> pairs, FieldPath path, boolean onBuild, List<BuildStep> steps) {
        Map<String, @Nullable String> set = new HashMap<>();
        for (int i = 0; i + 1 < pairs.size(); i += 3) {
            String written = pairs.get(i + 1);
            String value = text(scope.expand(written, escape));
            set.put(pairs.get(i), value);
            steps.add(new BuildStep.Variable(path, onBuild, false, pairs.get(i), written, value));
        }
        set.forEach(scope::setEnvironment);
    }

    /**
     * A build argument, which takes the value of one of its name from before the first stage where it has no default.
     *
     * @param outer the arguments from before the first stage, null for those themselves
     */
    static BuildStep.Variable argument(
            FieldPath path, boolean onBuild, String argument, Scope scope, @Nullable Scope outer, char escape) {
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        String written = equals < 0 ? null : argument.substring(equals + 1);
        String value = written != null ? text(scope.expand(written, escape)) : outer == null ? null : outer.get(name);
        scope.setArgument(name, value);
        return new BuildStep.Variable(path, onBuild, true, name, written, value);
    }

    /** A text with its variables replaced; {@code Inexpressible} where that is known only when it is built. */
    static Setting<String> setting(FieldPath path, String written, Scope scope, char escape) {
        return switch (scope.expand(written, escape)) {
            case Scope.Outcome.Known known -> new Setting.Declared<>(known.text(), path, written, Notation.plain());
            case Scope.Outcome.Unknown unknown ->
                new Setting.Inexpressible<>("cannot be judged here: " + unknown.why());
        };
    }

    private static @Nullable String text(Scope.Outcome outcome) {
        return outcome instanceof Scope.Outcome.Known known ? known.text() : null;
    }
}

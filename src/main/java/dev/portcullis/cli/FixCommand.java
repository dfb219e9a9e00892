package dev.portcullis.cli;

import dev.portcullis.document.Position;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.inspection.Inspection;
import dev.portcullis.inspection.Inspector;
import dev.portcullis.inspection.Tally;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.workload.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fix}. */
@Command(
        name = "fix",
        description =
                "Show how manifests, compose files and Dockerfiles would be fixed, as a diff, and tell what cannot be. Safe"
                        + " fixes, and those that a policy applies; --all makes the others too.",
        mixinStandardHelpOptions = true,
        footer = {"", "Try: portcullis fix --in-place deploy/"})
final class FixCommand implements Callable<Integer> {
    private static final int LONGEST = 500;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description = "A file, a folder (yaml, yml, json, Dockerfile below it), or -.")
    private List<String> paths = List.of();

    @Option(names = "--in-place", description = "Write the files; with -, print the text.")
    private boolean inPlace;

    @Option(names = "--check", description = "Only tell: exit with 1 where something could be fixed.")
    private boolean check;

    @Option(names = "--all", description = "Make fixes too that may change how the workload behaves: read them first.")
    private boolean all;

    @Mixin
    private JudgingOptions judged = new JudgingOptions();

    private Tally tally = Tally.NONE;
    private int changed;
    private boolean incomplete;

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        if (inPlace && check) {
            throw new ParameterException(command, "give --in-place or --check, not both");
        }
        ComposeFolders folders = judged.folders();
        PolicySet judging = judged.policies(command);
        Inspector inspector = new Inspector(judging, null, false, judged.premises(command, paths, judging, folders));
        Fixer fixer = new Fixer(inspector, folders, all);
        paths.forEach(named -> add(named, fixer, folders, command));
        command.getErr().println(summary());
        command.getErr().flush();
        command.getOut().flush();
        return exitCode();
    }

    private void add(String named, Fixer fixer, ComposeFolders folders, CommandLine command) {
        Path path = named.equals("-") ? null : Path.of(named);
        if (path == null || !Files.isDirectory(path)) {
            fix(named, path, true, fixer, command);
            return;
        }
        FolderFiles found = FolderFiles.below(path, Inputs::mayHoldDocuments);
        found.problems().forEach((file, problem) -> unreadable(file.toString(), problem, command));
        Set<Path> files = found.files();
        files.removeIf(folders::isOverride);
        files.forEach(file -> fix(file.toString(), file, false, fixer, command));
    }

    private void fix(String source, @Nullable Path file, boolean named, Fixer fixer, CommandLine command) {
        try {
            byte[] text = content(file);
            Fixer.Fixed fixed = fixer.fix(source, text);
            boolean useless = fixed.inspections().stream().allMatch(Inspection.NoWorkload.class::isInstance);
            if (named && useless) {
                unreadable(source, "holds nothing that can be judged", command);
                return;
            }
            String before = new String(text, StandardCharsets.UTF_8);
            if (!before.equals(fixed.text())) {
                changed++;
                write(source, file, before, fixed.text(), command);
            } else if (file == null && inPlace) {
                command.getOut().print(before);
            }
            fixed.inspections().forEach(inspection -> tell(inspection, fixed, command));
        } catch (IOException | UnreadableException failed) {
            unreadable(source, "cannot be read: " + failed.getMessage(), command);
        }
    }

    private static byte[] content(@Nullable Path file) throws IOException {
        try (InputStream content = file == null ? System.in : Files.newInputStream(file)) {
            byte[] text = content.readNBytes(Inputs.LARGEST_FILE + 1);
            if (text.length > Inputs.LARGEST_FILE) {
                throw new IOException("it is larger than " + (Inputs.LARGEST_FILE >> 20) + " MiB");
            }
            return text;
        }
    }

    private void write(String source, @Nullable Path file, String before, String after, CommandLine command) {
        PrintWriter out = command.getOut();
        if (!inPlace) {
            out.print(check ? "" : UnifiedDiff.of(source, before, after));
        } else if (file == null) {
            out.print(after);
        } else {
            try {
                AtomicWrite.replace(file, before, after);
            } catch (IOException failed) {
                incomplete = true;
                command.getErr()
                        .println(Printable.text(source + ": cannot be written: " + failed.getMessage(), LONGEST));
            }
        }
    }

    private void unreadable(String source, String problem, CommandLine command) {
        Inspection.Unreadable unreadable = new Inspection.Unreadable(source, null, problem, true);
        tally = tally.plus(unreadable);
        command.getErr().println(Printable.text(source + ": " + problem, LONGEST));
    }

    private void tell(Inspection inspection, Fixer.Fixed fixed, CommandLine command) {
        tally = tally.plus(inspection);
        switch (inspection) {
            case Inspection.Judged one ->
                one.report().findings().stream()
                        .filter(left -> left.counts() && left.mode().atLeast(Mode.WARN))
                        .forEach(left -> command.getErr().println(line(one, left, fixed)));
            case Inspection.Unreadable unreadable ->
                command.getErr()
                        .println(Printable.text(
                                place(unreadable.source(), unreadable.place()) + ": " + unreadable.error(), LONGEST));
            case Inspection.NoWorkload none -> {}
        }
    }

    private String line(Inspection.Judged inspection, Judged left, Fixer.Fixed fixed) {
        Position place = Fixer.place(fixed, inspection, left, inPlace);
        String reason = fixed.left().get(Fixer.edits(left));
        boolean optional = reason == null && left.finding().fix() != null;
        String told = (optional ? "left to --all: " : "cannot fix: ") + place(inspection.source(), place) + " "
                + left.finding().inContainer(left.finding().message());
        return Printable.text(reason == null ? told : told + " – " + reason, LONGEST);
    }

    private static String place(@Nullable String source, @Nullable Position place) {
        return source + (place == null ? "" : ":" + place.line());
    }

    private String summary() {
        String files = changed == 1 ? "1 file" : changed + " files";
        return files + (inPlace ? " fixed" : " to fix") + "; left: " + tally.enforce() + " deny, " + tally.warn()
                + " warn" + (tally.errors() > 0 ? ", " + tally.errors() + " unreadable" : "");
    }

    private int exitCode() {
        if (incomplete) {
            return ExitCode.INCOMPLETE;
        }
        if (tally.errors() > 0) {
            return ExitCode.UNREADABLE;
        }
        boolean violations = check ? changed > 0 : tally.enforce() > 0;
        return violations ? ExitCode.VIOLATIONS : ExitCode.COMPLIANT;
    }
}

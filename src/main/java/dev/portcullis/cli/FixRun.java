package dev.portcullis.cli;

import dev.portcullis.document.Position;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.inspection.Inspection;
import dev.portcullis.inspection.Tally;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Mode;
import dev.portcullis.workload.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fixes what the user named, file by file, and tells what came of it. */
final class FixRun {
    private static final int LONGEST = 500;

    private final Fixer fixer;
    private final ComposeFolders folders;
    private final Manner manner;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Set<Path> done = new HashSet<>();
    private Tally tally = Tally.NONE;
    private int changed;
    private boolean incomplete;

    /** What is done with fixed texts. */
    enum Manner {
        SHOW,
        IN_PLACE,
        CHECK
    }

    FixRun(Fixer fixer, ComposeFolders folders, Manner manner, PrintWriter out, PrintWriter err) {
        this.fixer = fixer;
        this.folders = folders;
        this.manner = manner;
        this.out = out;
        this.err = err;
    }

    void add(String named) {
        Path path = named.equals("-") ? null : Path.of(named);
        if (path == null || !Files.isDirectory(path)) {
            fix(named, path, true);
            return;
        }
        FolderFiles found = FolderFiles.below(path, Inputs::mayHoldDocuments);
        found.problems().forEach((file, problem) -> unreadable(file.toString(), problem));
        Set<Path> files = found.files();
        files.removeIf(folders::isOverride);
        boolean empty = found.problems().isEmpty();
        for (Path file : files) {
            empty &= fix(file.toString(), file, false);
        }
        if (empty) {
            unreadable(named, Inputs.NOTHING_IN_FOLDER);
        }
    }

    /** Whether there was nothing in it. */
    private boolean fix(String source, @Nullable Path file, boolean named) {
        try {
            // A change that is shown twice cannot be applied twice.
            if (file != null && !done.add(file.toRealPath())) {
                return false;
            }
            return fix(source, file, named, content(file));
        } catch (UnreadableException failed) {
            unreadable(source, "cannot be read: " + failed.getMessage());
        } catch (IOException failed) {
            ReadProblem problem = ReadProblem.of(file == null ? Path.of(source) : file, named, failed);
            incomplete |= problem.vanished();
            unreadable(source, problem.text());
        } catch (RuntimeException broken) {
            unreadable(source, ReadProblem.of(broken).text());
        }
        return false;
    }

    private boolean fix(String source, @Nullable Path file, boolean named, byte[] text) throws UnreadableException {
        Fixer.Fixed fixed = fixer.fix(source, text);
        Draft after = fixed.fixed();
        if (named && after.inspections().stream().allMatch(Inspection.NoWorkload.class::isInstance)) {
            passOn(file, fixed.original().text(), text);
            unreadable(source, Inputs.NOTHING_IN_FILE);
            return false;
        }
        String before = fixed.original().text();
        if (!before.equals(after.text())) {
            changed++;
            write(source, file, before, after.text());
        } else {
            passOn(file, before, text);
        }
        for (int i = 0; i < after.inspections().size(); i++) {
            tell(i, fixed);
        }
        return after.inspections().isEmpty();
    }

    /** Prints standard input as it is where what is fixed would be printed; not what is no text, which would be another. */
    private void passOn(@Nullable Path file, String characters, byte[] text) {
        if (file == null
                && manner == Manner.IN_PLACE
                && Arrays.equals(characters.getBytes(StandardCharsets.UTF_8), text)) {
            out.print(characters);
        }
    }

    private static byte[] content(@Nullable Path file) throws IOException {
        try (InputStream content = file == null ? System.in : Files.newInputStream(file)) {
            return Inputs.bytes(content);
        }
    }

    private void write(String source, @Nullable Path file, String before, String after) {
        if (manner == Manner.SHOW) {
            out.print(UnifiedDiff.of(source, before, after));
        } else if (manner == Manner.IN_PLACE) {
            if (file == null) {
                out.print(after);
                return;
            }
            try {
                AtomicWrite.replace(file, before, after);
            } catch (IOException failed) {
                incomplete = true;
                err.println(Printable.text(source + ": cannot be written: " + ReadProblem.reason(failed), LONGEST));
            }
        }
    }

    private void unreadable(String source, String problem) {
        tally = tally.plus(new Inspection.Unreadable(source, null, problem, true));
        err.println(Printable.text(source + ": " + problem, LONGEST));
    }

    private void tell(int subject, Fixer.Fixed fixed) {
        Inspection inspection = fixed.fixed().inspections().get(subject);
        tally = tally.plus(inspection);
        switch (inspection) {
            case Inspection.Judged one -> {
                OriginalPlaces places = fixed.originalPlaces(subject);
                one.report().findings().stream()
                        .filter(left -> left.counts() && left.mode().atLeast(Mode.WARN))
                        .forEach(left -> err.println(line(subject, one, left, fixed, places)));
            }
            case Inspection.Unreadable unreadable ->
                err.println(Printable.text(
                        place(unreadable.source(), unreadable.place()) + ": " + unreadable.error(), LONGEST));
            case Inspection.NoWorkload none -> {}
        }
    }

    private String line(
            int subject, Inspection.Judged inspection, Judged left, Fixer.Fixed fixed, OriginalPlaces places) {
        // No fix moves a line of a Dockerfile, in which several findings may read alike.
        boolean here = manner == Manner.IN_PLACE || Fixer.isDockerfile(inspection);
        Position place = here ? inspection.placeToTell(left.finding()) : places.of(left.finding());
        String reason = fixed.reason(subject, left);
        boolean optional = reason == null && left.finding().fix() != null;
        String told = (optional ? "left to --all: " : "cannot fix: ") + place(inspection.source(), place) + " "
                + left.finding().inContainer(left.finding().message());
        return Printable.text(reason == null ? told : told + " – " + reason, LONGEST);
    }

    private static String place(@Nullable String source, @Nullable Position place) {
        return source + (place == null ? "" : ":" + place.line());
    }

    /** Tells how many files were fixed and what is left; the exit code. */
    int end() {
        // Flushes it too.
        if (out.checkError()) {
            incomplete = true;
            err.println("standard output cannot be written to");
        }
        err.println(summary());
        err.flush();
        if (incomplete) {
            return ExitCode.INCOMPLETE;
        }
        if (tally.errors() > 0) {
            return ExitCode.UNREADABLE;
        }
        boolean violations = manner == Manner.CHECK ? changed > 0 : tally.enforce() > 0;
        return violations ? ExitCode.VIOLATIONS : ExitCode.COMPLIANT;
    }

    private String summary() {
        String files = changed == 1 ? "1 file" : changed + " files";
        return files + (manner == Manner.IN_PLACE ? " fixed" : " to fix") + "; left: " + tally.enforce() + " deny, "
                + tally.warn() + " warn" + (tally.errors() > 0 ? ", " + tally.errors() + " unreadable" : "");
    }
}

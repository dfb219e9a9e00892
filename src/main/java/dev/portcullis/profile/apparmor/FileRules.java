package dev.portcullis.profile.apparmor;

import dev.portcullis.check.Words;
import dev.portcullis.profile.ProfileException;
import dev.portcullis.workload.Printable;
import java.util.ArrayList;
import java.util.List;

/** The rules for files. No deny rule matches what another line of the same description allows. */
final class FileRules {
    private static final PathPattern EVERYTHING = new PathPattern("/**", "/", false);

    /** Written to by any program: terminals, shared memory, what each process says of itself. */
    private static final List<String> USUAL = List.of(
            "/dev/{console,ptmx,tty} rw",
            "/dev/pts/{,[0-9]*} rw",
            "/dev/{mqueue,shm}/{,**} rwkl",
            "owner @{PROC}/@{pid}/{,task/@{tid}/}{comm,coredump_filter,oom_score_adj,timerslack_ns} rw");

    /** No files of the container's own, where its root is read-only. */
    private static final List<PathPattern> NOT_OF_ROOT = List.of(tree("/dev"), tree("/proc"), tree("/sys"));

    /** Devices without which a shell cannot even throw output away, where /dev is said to be read-only. */
    private static final List<PathPattern> DEVICES = List.of(
            file("/dev/console"),
            file("/dev/full"),
            tree("/dev/mqueue"),
            file("/dev/null"),
            file("/dev/ptmx"),
            tree("/dev/pts"),
            file("/dev/random"),
            tree("/dev/shm"),
            file("/dev/tty"),
            file("/dev/urandom"),
            file("/dev/zero"));

    private static final int LONGEST_COMMENT = 300;
    private static final String WRITE = "rwkl";
    private static final String NO_WRITE = "wl";

    private final Description of;
    private final List<String> lines = new ArrayList<>();

    private FileRules(Description of) {
        this.of = of;
    }

    /** @param mode in {@code complain} nothing is denied that is to be logged: AppArmor enforces deny rules in it too */
    static List<String> of(Description description, Style style, Mode mode) throws ProfileException {
        FileRules rules = new FileRules(description);
        rules.checkContradictions();
        if (style == Style.ALLOW_LIST) {
            rules.allowed();
        } else {
            rules.denied();
        }
        for (PathPattern forbidden : sorted(description.forbidden())) {
            rules.lines.add("deny " + forbidden.quoted() + " mrwklx,");
        }
        if (mode == Mode.complain) {
            rules.lines.removeIf(line -> line.startsWith("deny ") || line.startsWith("audit deny "));
        }
        return rules.lines;
    }

    private static PathPattern file(String path) {
        return new PathPattern(path, path, true);
    }

    private static PathPattern tree(String folder) {
        return file(folder).tree();
    }

    private static List<PathPattern> sorted(List<PathPattern> patterns) {
        return patterns.stream().sorted().distinct().toList();
    }

    private void checkContradictions() throws ProfileException {
        for (PathPattern forbidden : of.forbidden()) {
            for (PathPattern executable : of.executable()) {
                contradiction(forbidden.covers(executable), executable, "may be executed, and is denied by", forbidden);
            }
            for (PathPattern writable : of.writable().patterns()) {
                contradiction(forbidden.covers(writable), writable, "may be written, and is denied by", forbidden);
            }
        }
        for (PathPattern readOnly : of.readOnly()) {
            for (PathPattern writable : of.writable().patterns()) {
                contradiction(
                        readOnly.text().equals(writable.text()), writable, "is writable, and read-only by", readOnly);
            }
        }
    }

    private static void contradiction(boolean is, PathPattern one, String says, PathPattern other)
            throws ProfileException {
        if (is) {
            throw new ProfileException(
                    Words.value(one.text()), says + " " + Words.value(other.text()), "keep one of them");
        }
    }

    private void allowed() throws ProfileException {
        lines.add("/ r,");
        String execute = of.executable().isEmpty() ? "ix" : "";
        String map = of.executable().isEmpty() ? "m" : "";
        if (of.writable().everywhere()) {
            lines.add("/** " + map + WRITE + execute + ",");
        } else if (of.readable().isEmpty()) {
            lines.add("/** " + map + "r" + execute + ",");
        } else {
            for (PathPattern readable : sorted(of.readable())) {
                lines.add(withFolder(readable) + " " + map + "r" + execute + ",");
            }
        }
        for (PathPattern executable : sorted(of.executable())) {
            lines.add(executable.quoted() + " mrix,");
        }
        if (!of.writable().everywhere()) {
            for (String usual : USUAL) {
                lines.add(usual + ",");
            }
            if (of.kubernetes()) {
                lines.add("/dev/termination-log rw,");
            }
            writable();
        }
        logged();
        readOnlyWithin();
    }

    private void writable() {
        // Programs unpack libraries into folders for temporary files and map them from there.
        boolean everythingElse = of.executable().isEmpty();
        for (Description.Place place : of.writable().places()) {
            boolean logged = of.logged().stream().anyMatch(log -> log.covers(place.pattern()));
            String comment = place.comment().isEmpty() ? "" : "  # " + Printable.text(place.comment(), LONGEST_COMMENT);
            lines.add((logged ? "audit " : "") + withFolder(place.pattern())
                    + (everythingElse && !place.pattern().exact() ? " m" : " ") + WRITE + "," + comment);
        }
        for (Description.Place place : of.writable().places()) {
            if (everythingElse && !place.pattern().exact()) {
                lines.add("deny " + withFolder(place.pattern()) + " x,");
            }
        }
    }

    /** Only what may be written can be logged when it is; the rest is denied, which is logged anyway. */
    private void logged() {
        for (PathPattern logged : sorted(of.logged())) {
            boolean within = of.writable().everywhere()
                    || of.writable().patterns().stream()
                            .anyMatch(place -> place.covers(logged) && !logged.covers(place));
            if (within) {
                lines.add("audit " + logged.quoted() + " w,");
            }
        }
    }

    /** What is read-only within what is writable. */
    private void readOnlyWithin() throws ProfileException {
        for (PathPattern readOnly : sorted(of.readOnly())) {
            boolean allowed = of.writable().everywhere()
                    || of.writable().patterns().stream()
                            .anyMatch(place -> place.mayMeet(readOnly) && !readOnly.covers(place));
            if (allowed) {
                deny(readOnly);
            }
        }
    }

    private void denied() throws ProfileException {
        lines.add("file,");
        lines.add("umount,");
        for (PathPattern logged : sorted(of.logged())) {
            lines.add("audit " + logged.quoted() + " w,");
        }
        if (of.writable().nowhere()) {
            deny(EVERYTHING);
        }
        for (PathPattern readOnly : sorted(of.readOnly())) {
            deny(readOnly);
        }
    }

    /** Denies writing all of it that nothing in the description lets be written. */
    private void deny(PathPattern readOnly) throws ProfileException {
        List<PathPattern> exceptions = new ArrayList<>();
        for (PathPattern place : of.writable().patterns()) {
            if (place.mayMeet(readOnly) && !place.covers(readOnly)) {
                exceptions.add(place);
            }
        }
        if (readOnly.equals(EVERYTHING)) {
            exceptions.addAll(NOT_OF_ROOT);
        } else if ("/dev/".equals(readOnly.folder())) {
            exceptions.addAll(DEVICES);
        }
        String prefix = of.logged().stream().anyMatch(log -> log.covers(readOnly)) ? "audit deny " : "deny ";
        if (exceptions.isEmpty()) {
            lines.add(prefix + readOnly.quoted() + " " + NO_WRITE + ",");
            return;
        }
        String folder = readOnly.isTree() ? readOnly.literal() + "/" : readOnly.folder();
        if (folder == null) {
            throw new ProfileException(
                    Words.value(readOnly.text()),
                    "is read-only and holds "
                            + Words.value(exceptions.getFirst().text())
                            + ", which a deny rule would make read-only too",
                    "write it as FOLDER/**, or use --style allow-list");
        }
        for (String pattern : Carving.below(Words.value(readOnly.text()), folder, exceptions)) {
            lines.add(prefix + PathPattern.quoted(pattern) + " " + NO_WRITE + ",");
        }
    }

    /** The folder itself too, which is opened to list it. */
    private static String withFolder(PathPattern pattern) {
        String folder = pattern.folder();
        return folder == null || folder.equals("/")
                ? pattern.quoted()
                : PathPattern.quoted(PathPattern.escape(folder) + "{,**}");
    }
}

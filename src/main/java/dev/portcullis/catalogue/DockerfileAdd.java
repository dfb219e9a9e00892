package dev.portcullis.catalogue;

import dev.portcullis.check.BuildCheck;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Fix;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.workload.BuildStep;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.ImageBuild;
import dev.portcullis.workload.Setting;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

final class DockerfileAdd implements BuildCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "dockerfile-add",
            1,
            Severity.MEDIUM,
            "Files are copied with COPY, and fetched with a checksum",
            "ADD fetches and unpacks as the source happens to be: what comes over the network can be exchanged on its way, and an archive is unpacked unasked.",
            null,
            Fields.in(Form.DOCKERFILE, "ADD"),
            List.of("CIS Docker 4.9", "Snyk image practice 7"),
            List.of());

    private static final Pattern GIT =
            Pattern.compile("(?:git|ssh)://.*|git@.*|https?://[^#?]*\\.git/?(?:[#?].*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern COMMIT = Pattern.compile("(?:[0-9a-f]{40}|[0-9a-f]{64})");
    private static final Pattern URL = Pattern.compile("https?://.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern ARCHIVE = Pattern.compile(".*\\.(?:tar|tar\\.[a-z0-9]{1,4}|tgz|tbz2?|txz|tzst)");

    /** Could be an archive, or is no path: what the builder unpacks it finds out by content. */
    private static final Pattern DOUBTFUL = Pattern.compile(
            ".*\\.(?:tar|taz|tgz|tlz|tb2|tbz2?|txz|tzst|gz|bz2?|xz|zst|lzma|lz4?|z)(?:\\..*)?|[^/]*:/.*",
            Pattern.CASE_INSENSITIVE);
    /** Matches names of which the ending is open. */
    private static final Pattern OPEN_ENDING = Pattern.compile(".*[*?\\]][^.]*");

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(ImageBuild build, Criteria criteria, Findings findings) {
        boolean clean = true;
        for (BuildStep.Files files : build.every(BuildStep.Files.class)) {
            clean &= !files.add() || judge(files, findings);
        }
        if (clean) {
            findings.pass(null);
        }
    }

    /** Whether there is nothing to tell; of one instruction the first thing is told. */
    private static boolean judge(BuildStep.Files files, Findings findings) {
        for (Setting<String> source : files.sources()) {
            if (source instanceof Setting.Inexpressible<String> open) {
                findings.skip(null, files.path(), open.why());
                return false;
            }
            String value = String.valueOf(source.effective());
            if (GIT.matcher(value).matches()) {
                if (!COMMIT.matcher(value.substring(value.indexOf('#') + 1)).matches() && files.checksum() == null) {
                    fail(
                            files,
                            findings,
                            value,
                            "fetches a repository whose branches and tags can move",
                            "name the commit, as --checksum=COMMIT",
                            null);
                    return false;
                }
            } else if (URL.matcher(value).matches()) {
                if (files.checksum() == null) {
                    fail(
                            files,
                            findings,
                            value,
                            "fetches a file without asking what it is",
                            "say what must come: ADD --checksum=sha256:…",
                            null);
                    return false;
                }
            } else if (!ARCHIVE.matcher(value).matches() || Boolean.FALSE.equals(files.unpack())) {
                fail(files, findings, value, "copies " + Words.value(value), "use COPY", copy(files));
                return false;
            }
        }
        if (!files.texts().isEmpty()) {
            fail(files, findings, null, "writes a file", "use COPY", copy(files));
            return false;
        }
        return true;
    }

    /** An address may hold a password: it is not shown. */
    private static void fail(
            BuildStep.Files files,
            Findings findings,
            @Nullable String source,
            String state,
            String remedy,
            @Nullable Fix fix) {
        boolean address = source != null
                && (GIT.matcher(source).matches() || URL.matcher(source).matches());
        findings.fail(null, files.path(), address ? null : source, state, remedy, fix);
    }

    /** Of local files that are no archives by name; what is one by content alone would no longer be unpacked. */
    private static @Nullable Fix copy(BuildStep.Files files) {
        boolean same = !files.onBuild()
                && files.unpack() == null
                && files.checksum() == null
                && files.sources().stream().allMatch(DockerfileAdd::isPlainFile);
        return same ? Fix.optional(new Edit.Set(files.path(), "COPY")) : null;
    }

    /** What a variable stands for may be said anew when it is built. */
    private static boolean isPlainFile(Setting<String> source) {
        return source instanceof Setting.Declared<String>(String value, var path, String written, var notation)
                && written.indexOf('$') < 0
                && !GIT.matcher(value).matches()
                && !DOUBTFUL.matcher(value).matches()
                && !OPEN_ENDING.matcher(value).matches();
    }
}

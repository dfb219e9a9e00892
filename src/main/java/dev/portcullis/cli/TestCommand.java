package dev.portcullis.cli;

import dev.portcullis.policytest.JsonTestReport;
import dev.portcullis.policytest.JunitTestReport;
import dev.portcullis.policytest.PolicyTests;
import dev.portcullis.policytest.TestReport;
import dev.portcullis.policytest.TestResult;
import dev.portcullis.policytest.TestResult.Outcome;
import dev.portcullis.policytest.TextTestReport;
import dev.portcullis.resource.PolicyError;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code test}. */
@Command(
        name = "test",
        description = "Run tests of policies: files of kind PolicyTest, and what they expect of resources.",
        mixinStandardHelpOptions = true,
        footer = {"", "Try: portcullis test docs/examples/policy-test"})
final class TestCommand implements Callable<Integer> {
    /** A larger file is no test. */
    private static final int LARGEST_TEST = 1 << 20;

    enum Form {
        table,
        junit,
        json
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FOLDER|FILE", arity = "1..*", description = "Folders with tests below them, or tests.")
    private List<String> paths = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "table, junit or json. Default: table",
            defaultValue = "table")
    private Form output = Form.table;

    private int code = ExitCode.COMPLIANT;

    @Override
    public Integer call() {
        code = ExitCode.COMPLIANT;
        TestReport report = report(Objects.requireNonNull(spec).commandLine().getOut());
        paths.forEach(named -> run(named, report));
        report.end();
        return code;
    }

    private TestReport report(PrintWriter out) {
        return switch (output) {
            case table -> new TextTestReport(out);
            case junit -> new JunitTestReport(out);
            case json -> new JsonTestReport(out, Output.JSON);
        };
    }

    private void run(String named, TestReport report) {
        Path path = Path.of(named);
        if (!Files.isDirectory(path)) {
            runFile(path, report);
            return;
        }
        FolderFiles found = FolderFiles.below(path, FolderFiles::isYamlOrJson);
        found.problems().forEach((file, problem) -> tell(file, problem, ExitCode.UNREADABLE, report));
        boolean none = true;
        for (Path file : found.files()) {
            Optional<TestResult> result = runInFolder(file, report);
            result.ifPresent(run -> tell(run, report));
            none &= result.isEmpty();
        }
        if (none) {
            tell(path, "holds no test: write a file of kind PolicyTest", ExitCode.UNREADABLE, report);
        }
    }

    /** What was named outright must be a test. */
    private void runFile(Path file, TestReport report) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            tell(file, "is no regular file: name a file or folder", ExitCode.UNREADABLE, report);
            return;
        }
        try {
            run(file)
                    .ifPresentOrElse(
                            run -> tell(run, report),
                            () -> tell(file, "is no test: write kind: PolicyTest", ExitCode.UNREADABLE, report));
        } catch (NoSuchFileException missing) {
            tell(file, "there is no such file or folder", ExitCode.UNREADABLE, report);
        } catch (IOException failed) {
            tell(file, "cannot be read: " + failed.getMessage(), ExitCode.UNREADABLE, report);
        }
    }

    private Optional<TestResult> runInFolder(Path file, TestReport report) {
        try {
            return run(file);
        } catch (NoSuchFileException gone) {
            if (!Files.isSymbolicLink(file)) {
                tell(file, "went away while the folder was read", ExitCode.INCOMPLETE, report);
            }
        } catch (IOException failed) {
            tell(file, "cannot be read: " + failed.getMessage(), ExitCode.UNREADABLE, report);
        }
        return Optional.empty();
    }

    private static Optional<TestResult> run(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            byte[] text = content.readNBytes(LARGEST_TEST + 1);
            return text.length > LARGEST_TEST ? Optional.empty() : PolicyTests.run(file, text, InstantSource.system());
        }
    }

    private void tell(TestResult result, TestReport report) {
        report.add(result);
        if (result.count(Outcome.FAILED) > 0) {
            raise(ExitCode.VIOLATIONS);
        }
        if (result.count(Outcome.UNREADABLE) > 0 || !result.errors().isEmpty()) {
            raise(ExitCode.UNREADABLE);
        }
    }

    private void tell(Path file, String problem, int exitCode, TestReport report) {
        report.add(
                new TestResult(file.toString(), List.of(), List.of(new PolicyError(file.toString(), null, problem))));
        raise(exitCode);
    }

    private void raise(int least) {
        code = Math.max(code, least);
    }
}

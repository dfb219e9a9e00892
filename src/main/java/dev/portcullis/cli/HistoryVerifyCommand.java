package dev.portcullis.cli;

import dev.portcullis.history.HistoryUnavailableException;
import dev.portcullis.history.Verification;
import dev.portcullis.history.Verification.Outcome;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code history verify}. */
@Command(
        name = "verify",
        description = {
            "Check that no decision was changed or removed since it was written, by the chain of hashes over them.",
            "Who may write to the database can write a whole new chain: keep the number and hash that this prints"
                    + " somewhere else, and give them to the next run."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Try: portcullis history verify --data data"})
final class HistoryVerifyCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private HistoryOptions kept = new HistoryOptions();

    @Option(
            names = "--expect",
            paramLabel = "NUMBER:HASH",
            description = "What an earlier run printed: that decision must still be there, with that hash.")
    private @Nullable String expected;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            Outcome outcome = Verification.of(kept.place(), anchor());
            out.println(sentence(outcome));
            return outcome.broken() == null ? ExitCode.COMPLIANT : ExitCode.VIOLATIONS;
        } catch (HistoryUnavailableException unusable) {
            err.println("portcullis: " + unusable.sentence());
            return ExitCode.INCOMPLETE;
        } finally {
            out.flush();
        }
    }

    private Verification.@Nullable Anchor anchor() {
        if (expected == null) {
            return null;
        }
        try {
            return Verification.Anchor.parse(expected.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--expect must be a number, a colon and 64 hexadecimal digits, as history verify prints them");
        }
    }

    private static String sentence(Outcome outcome) {
        if (outcome.broken() != null) {
            return "BROKEN at decision " + outcome.broken() + ": it, or one before it, is not what was written";
        }
        if (outcome.last() < outcome.first()) {
            return "ok: there are no decisions" + (outcome.last() == 0 ? "" : " any more") + "\nhead: "
                    + outcome.head();
        }
        return "ok: decisions " + outcome.first() + " to " + outcome.last() + " are what was written\nhead: "
                + outcome.head();
    }
}

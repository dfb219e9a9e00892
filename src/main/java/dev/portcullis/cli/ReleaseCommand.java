package dev.portcullis.cli;

import dev.portcullis.registration.SwitchException;
import dev.portcullis.registration.WebhookSwitch;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code release}. */
@Command(
        name = "release",
        description = "Open the gate in an emergency: delete its webhook configurations, and hold it open for a while."
                + " Works while no gate runs.",
        mixinStandardHelpOptions = true,
        footer = {"", "Try: portcullis release --for 30m"})
final class ReleaseCommand extends SwitchCommand {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(7);

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "How long gates hold off, such as 30m or 12h. Default: 1h",
            defaultValue = "1h")
    private String time = "1h";

    @Override
    int run(WebhookSwitch gate, PrintWriter out) throws SwitchException {
        Duration duration = duration();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        List<String> deleted = gate.open("portcullis-release-of-" + System.getProperty("user.name"), now, duration);
        out.println(deleted(deleted));
        out.println("Nothing is checked until " + now.plus(duration) + "; then a gate that runs registers again.");
        // With the configurations goes what says where the gates run.
        out.println("To end it now: portcullis install -n " + gate.gatesIn());
        return ExitCode.COMPLIANT;
    }

    private Duration duration() {
        try {
            Duration duration = Duration.parse("PT" + time.toUpperCase(Locale.ROOT));
            if (duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException _) {
            // told below
        }
        throw new ParameterException(spec().commandLine(), "--for must be like 30m or 12h, from 1m to 168h");
    }
}

package dev.portcullis.chart;

import dev.portcullis.cli.PortcullisCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code portcullis check} says. */
public final class Judgement {
    private Judgement() {}

    /**
     * The checks that what is in a text fails, each enforced.
     *
     * @param profile such as {@code hardened}
     */
    public static List<String> failures(String profile, String manifests) throws IOException {
        Path file = Files.writeString(Files.createTempFile("manifests", ".yaml"), manifests);
        try {
            return failures("--profile", profile, file.toString());
        } finally {
            Files.delete(file);
        }
    }

    /** The checks that are not passed, whatever their mode, with these arguments of {@code check}. */
    public static List<String> failures(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] command = new String[arguments.length + 3];
        command[0] = "check";
        command[1] = "-o";
        command[2] = "json";
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        PortcullisCommand.commandLine(
                        (data, policy, certificate, key, properties) -> 0, (listen, upstream, judging, mode) -> 0)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(command);
        JsonNode report = JsonMapper.shared().readTree(out.toString());
        if (report.path("results").isEmpty()) {
            throw new AssertionError("nothing was judged: " + out + err);
        }
        return report.path("results")
                .valueStream()
                .flatMap(result -> result.path("findings").valueStream())
                .filter(finding -> !finding.path("result").asString("").equals("skip"))
                .map(finding -> finding.path("check").asString(""))
                .toList();
    }
}

package dev.portcullis.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/**
 * A command as it was run.
 *
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record CommandRun(int code, String out, String err) {
    static CommandRun of(String... arguments) {
        return writingTo(new StringWriter(), arguments);
    }

    /** With a text as its standard input. */
    static CommandRun reading(String text, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        try {
            return of(arguments);
        } finally {
            System.setIn(before);
        }
    }

    /** With a standard output of the caller's. */
    static CommandRun writingTo(StringWriter out, String... arguments) {
        StringWriter err = new StringWriter();
        int code = PortcullisCommand.commandLine(
                        (data, policy, certificate, key, properties) -> 0, (listen, upstream, judging, mode) -> 0)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new CommandRun(code, out.toString(), err.toString());
    }
}

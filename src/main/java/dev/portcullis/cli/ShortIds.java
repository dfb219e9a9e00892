package dev.portcullis.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;

/**
 * Shortens the identifiers of containers, images, volumes and layers in what is written, as {@code docker} does: they are as
 * good as names for whoever may talk to the engine. A run of hexadecimal digits counts as one from 24 on, since messages may
 * have been cut amid it.
 */
final class ShortIds extends Writer {
    private static final int SHORT = 12;
    private static final int LEAST = 24;

    private final Writer out;
    /** The digits of a run that may become one. */
    private final StringBuilder run = new StringBuilder(LEAST);

    private boolean cutting;

    ShortIds(Writer out) {
        this.out = out;
    }

    /** The same of a text. */
    static String in(String text) {
        StringWriter shortened = new StringWriter(text.length());
        try (ShortIds ids = new ShortIds(shortened)) {
            ids.write(text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return shortened.toString();
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        for (int i = from; i < from + length; i++) {
            char c = text[i];
            if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')) {
                digit(c);
            } else {
                endRun();
                out.write(c);
            }
        }
    }

    private void digit(char c) {
        if (cutting) {
            return;
        }
        run.append(c);
        if (run.length() == LEAST) {
            run.setLength(SHORT);
            cutting = true;
        }
    }

    private void endRun() throws IOException {
        out.append(run);
        run.setLength(0);
        cutting = false;
    }

    /** What is written behind a flush is not of the same run. */
    @Override
    public void flush() throws IOException {
        endRun();
        out.flush();
    }

    @Override
    public void close() throws IOException {
        flush();
        out.close();
    }
}

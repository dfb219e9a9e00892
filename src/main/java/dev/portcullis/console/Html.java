package dev.portcullis.console;

import dev.portcullis.workload.Printable;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** Writes HTML, of which every text stays text: it has no markup, and nothing that changes how the text around it is read. */
final class Html {
    private static final int LONGEST = 4_096;

    private final Writer out;

    Html(Writer out) {
        this.out = out;
    }

    /** Markup that is our own. */
    Html raw(String markup) throws IOException {
        out.write(markup);
        return this;
    }

    /** A text of anybody's; nothing where it is null. */
    Html text(@Nullable Object text) throws IOException {
        if (text != null) {
            out.write(HtmlUtils.htmlEscape(Printable.text(text.toString(), LONGEST)));
        }
        return this;
    }

    /** An element without attributes. */
    Html element(String name, @Nullable Object text) throws IOException {
        return raw("<" + name + ">").text(text).raw("</" + name + ">");
    }

    /** A row of a table, of which the first cell is its heading. */
    void row(@Nullable Object... cells) throws IOException {
        raw("<tr>");
        for (int i = 0; i < cells.length; i++) {
            element(i == 0 ? "th" : "td", cells[i]);
        }
        raw("</tr>\n");
    }

    /** Begins a table. */
    void table(String... headings) throws IOException {
        raw("<table><thead><tr>");
        for (String heading : headings) {
            raw("<th scope=\"col\">").text(heading).raw("</th>");
        }
        raw("</tr></thead><tbody>\n");
    }
}

package dev.portcullis.notify;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Writes digests, as HTML with every value escaped and as text. */
final class DigestText {
    private final Template html = template("digest.html", Mustache.compiler().escapeHTML(true));
    private final Template plain = template("digest.txt", Mustache.compiler().escapeHTML(false));

    private static Template template(String name, Mustache.Compiler compiler) {
        try (InputStream in = Objects.requireNonNull(DigestText.class.getResourceAsStream(name), name)) {
            return compiler.strictSections(true).compile(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    String html(Digest digest) {
        return html.execute(digest);
    }

    String plain(Digest digest) {
        return plain.execute(digest);
    }
}

package dev.portcullis.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Hand-written YAML, a text an entry, with characters that editors change written as «U+0085»: {@code lines.txt} an entry a
 * line, {@code blocks.txt} between lines of ====, {@code refused.txt} the same with the reason for which we refuse what
 * Kubernetes reads behind the ====.
 */
final class YamlCorpus {
    private static final Pattern CODE_POINT = Pattern.compile("«U\\+([0-9A-F]+)»");

    private YamlCorpus() {}

    /** A text that we refuse although Kubernetes reads it. */
    record Refused(String reason, String text) {}

    static List<String> texts() {
        return Stream.concat(
                        resource("lines.txt").lines(),
                        Stream.of(resource("blocks.txt").split("(?m)^====\n")))
                .map(YamlCorpus::decoded)
                .toList();
    }

    static List<Refused> refused() {
        return Stream.of(resource("refused.txt").split("(?m)^====+ "))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> {
                    int end = entry.indexOf('\n');
                    return new Refused(entry.substring(0, end), decoded(entry.substring(end + 1)));
                })
                .toList();
    }

    private static String decoded(String entry) {
        return CODE_POINT
                .matcher(entry)
                .replaceAll(code -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(code.group(1), 16))));
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(YamlCorpus.class.getResourceAsStream("/yaml/" + name))) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

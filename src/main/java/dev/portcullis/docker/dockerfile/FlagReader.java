package dev.portcullis.docker.dockerfile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** Takes the words that begin with {@code --} from the front of an instruction's arguments, byte by byte as BuildKit does. */
final class FlagReader {
    private final String bytes;
    private final char escape;
    private final List<String> flags = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private int at;

    private FlagReader(String text, char escape) {
        this.bytes = new String(text.getBytes(UTF_8), ISO_8859_1);
        this.escape = escape;
    }

    /** The flags, and what follows them. */
    record Split(List<String> flags, String rest) {}

    static Split read(String text, char escape) {
        FlagReader reader = new FlagReader(text, escape);
        String rest = reader.read();
        return new Split(List.copyOf(reader.flags), new String(rest.getBytes(ISO_8859_1), UTF_8));
    }

    private String read() {
        while (true) {
            while (at < bytes.length() && GoSpace.isSpace(bytes.charAt(at))) {
                at++;
            }
            if (!bytes.startsWith("--", at)) {
                return bytes.substring(at);
            }
            word.setLength(0);
            readWord();
            if (word.toString().equals("--")) {
                return bytes.substring(at);
            }
            flags.add(word.toString());
        }
    }

    private void readWord() {
        char quote = 0;
        for (; at < bytes.length(); at++) {
            char c = bytes.charAt(at);
            if (quote == 0 && GoSpace.isSpace(c)) {
                return;
            }
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else if (c != escape) {
                word.append(c);
            } else if (at + 1 < bytes.length()) {
                at++;
                word.append(bytes.charAt(at));
            } else {
                quote = 0;
            }
        }
    }
}

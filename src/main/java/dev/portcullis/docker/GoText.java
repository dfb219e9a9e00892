package dev.portcullis.docker;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The forms that text has in the engine's types. */
enum GoText {
    /** Any text. */
    STRING("text") {
        @Override
        String canonical(String text) {
            return text;
        }
    },
    /** {@code netip.Addr}: an IP address, or nothing. */
    ADDRESS("an IP address") {
        @Override
        @Nullable String canonical(String text) {
            return text.isEmpty() ? text : GoAddress.canonical(text);
        }
    },
    /** {@code network.Port}: a number and a protocol, TCP where none is said, or nothing. */
    PORT("a port, such as 80/tcp") {
        @Override
        @Nullable String canonical(String text) {
            return text.isEmpty() ? text : port(text);
        }
    },
    /** {@code network.HardwareAddr}: 6, 8 or 20 bytes, or nothing. */
    HARDWARE_ADDRESS("a MAC address") {
        @Override
        @Nullable String canonical(String text) {
            return text.isEmpty() ? text : hardwareAddress(text);
        }
    };

    private static final int MOST_PORT = 0xffff;
    private static final Pattern PORT_NUMBER = Pattern.compile("0*([0-9]{1,5})");
    private static final Pattern HARDWARE = Pattern.compile("(?:H{2}(?::H{2}){5}|H{2}(?::H{2}){7}|H{2}(?::H{2}){19}"
            .concat("|H{2}(?:-H{2}){5}|H{2}(?:-H{2}){7}|H{2}(?:-H{2}){19}")
            .concat("|H{4}(?:\\.H{4}){2,3}|H{4}(?:\\.H{4}){9}|H{12}|H{16}|H{40})")
            .replace("H", "[0-9a-fA-F]"));

    private final String description;

    GoText(String description) {
        this.description = description;
    }

    /** The text as Go writes it again, null where Go refuses it. */
    abstract @Nullable String canonical(String text);

    /** What it must be, for messages. */
    String description() {
        return description;
    }

    private static @Nullable String port(String text) {
        int slash = text.indexOf('/');
        var number = PORT_NUMBER.matcher(slash < 0 ? text : text.substring(0, slash));
        String protocol = slash < 0 ? "" : text.substring(slash + 1);
        if (!number.matches() || Integer.parseInt(number.group(1)) > MOST_PORT) {
            return null;
        }
        return Integer.parseInt(number.group(1)) + "/" + (protocol.isEmpty() ? "tcp" : lowerCase(protocol));
    }

    /** Letter by letter, as Go does; {@link String#toLowerCase()} looks at the letters around. */
    private static String lowerCase(String text) {
        return text.codePoints()
                .map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static @Nullable String hardwareAddress(String text) {
        if (!HARDWARE.matcher(text).matches()) {
            return null;
        }
        String digits = text.replaceAll("[:.-]", "").toLowerCase(Locale.ROOT);
        return digits.replaceAll("(..)(?=.)", "$1:");
    }
}

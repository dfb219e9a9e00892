package dev.portcullis.docker;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes a target in the one spelling that every reader takes for what was judged. */
public final class TargetText {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final String IN_PATHS = "/:@";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private TargetText() {}

    /** A whole target: version, path and query. */
    public static String of(RequestTarget target) {
        StringBuilder text = new StringBuilder();
        if (target.version() != null) {
            text.append("/v").append(target.version());
        }
        escape(target.path(), IN_PATHS, text);
        char separator = '?';
        for (Map.Entry<String, List<String>> parameter : target.query().entrySet()) {
            for (String value : parameter.getValue()) {
                text.append(separator);
                escape(parameter.getKey(), "", text);
                escape(value, "", text.append('='));
                separator = '&';
            }
        }
        return text.toString();
    }

    /** As one path, slashes kept: no name can become a query, another route or a second line. */
    public static String path(String plain) {
        StringBuilder text = new StringBuilder(plain.length());
        escape(plain, IN_PATHS, text);
        return text.toString();
    }

    private static void escape(String plain, String besides, StringBuilder text) {
        for (byte octet : plain.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            if (UNRESERVED.indexOf(character) >= 0 || besides.indexOf(character) >= 0) {
                text.append(character);
            } else {
                text.append('%').append(HEX[character >> 4]).append(HEX[character & 0xf]);
            }
        }
    }
}

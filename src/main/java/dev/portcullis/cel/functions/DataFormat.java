package dev.portcullis.cel.functions;

import java.time.YearMonth;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The formats of OpenAPI that Kubernetes names. */
final class DataFormat {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(?:-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}");
    private static final Pattern DATE = Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})");

    /** Any character may stand where the point of a fraction belongs. */
    private static final Pattern TIME =
            Pattern.compile("([0-9]{2}):([0-9]{2}):([0-9]{2})(?:[^\n][0-9]++)??(?:z|[+-][0-9]{2}:[0-9]{2})");

    private DataFormat() {}

    static boolean isUuid(String text) {
        return UUID.matcher(text).matches();
    }

    /** In the standard alphabet, padded, and at least four characters. */
    static boolean isBase64(String text) {
        int padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
        return !text.isEmpty()
                && text.length() % 4 == 0
                && text.chars().limit(text.length() - padding).allMatch(DataFormat::isBase64);
    }

    static boolean isDate(String text) {
        Matcher date = DATE.matcher(text);
        if (!date.matches()) {
            return false;
        }
        int month = Integer.parseInt(date.group(2));
        return month >= 1
                && month <= 12
                && YearMonth.of(Integer.parseInt(date.group(1)), month).isValidDay(Integer.parseInt(date.group(3)));
    }

    /** A date, {@code T} and a time; as in Kubernetes, whatever follows a second {@code T} does not count. */
    static boolean isDateTime(String text) {
        String[] parts = text.toLowerCase(Locale.ROOT).split("t", 3);
        if (parts.length < 2 || !isDate(parts[0])) {
            return false;
        }
        Matcher time = TIME.matcher(parts[1]);
        return time.matches()
                && Integer.parseInt(time.group(1)) <= 23
                && Integer.parseInt(time.group(2)) <= 59
                && Integer.parseInt(time.group(3)) <= 59;
    }

    private static boolean isBase64(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '/';
    }
}

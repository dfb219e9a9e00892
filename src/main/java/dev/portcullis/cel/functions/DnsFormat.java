package dev.portcullis.cel.functions;

import java.util.ArrayList;
import java.util.List;

/** Names of DNS as Kubernetes restricts them, with its complaints. */
final class DnsFormat {
    /** What Kubernetes calls the bytes that it counts, by its older and its newer code. */
    static final String CHARACTERS = "characters";

    static final String BYTES = "bytes";

    private static final int MAX_LABEL = 63;
    private static final int MAX_SUBDOMAIN = 253;
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String LABEL_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";

    private DnsFormat() {}

    static List<String> label1123(String text) {
        List<String> complaints = tooLong(text, MAX_LABEL, CHARACTERS);
        if (!isLabel(text)) {
            complaints.add(
                    isSubdomain(text)
                            ? "must not contain dots"
                            : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-',"
                                    + " and must start and end with an alphanumeric character"
                                    + pattern(LABEL, "'my-name',  or '123-abc'"));
        }
        return complaints;
    }

    static List<String> subdomain1123(String text, String unit) {
        List<String> complaints = tooLong(text, MAX_SUBDOMAIN, unit);
        if (!isSubdomain(text)) {
            complaints.add(
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.',"
                            + " and must start and end with an alphanumeric character"
                            + pattern(LABEL + "(\\." + LABEL + ")*", "'example.com'"));
        }
        return complaints;
    }

    static List<String> label1035(String text) {
        List<String> complaints = tooLong(text, MAX_LABEL, CHARACTERS);
        if (!isLabel(text) || !isLetter(text.charAt(0))) {
            complaints.add("a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
                    + " alphabetic character, and end with an alphanumeric character"
                    + pattern(LABEL_1035, "'my-name',  or 'abc-123'"));
        }
        return complaints;
    }

    /** A prefix made a name, as Kubernetes does: a hyphen at the end gives way, with the character before it. */
    static String completed(String prefix) {
        int kept = prefix.length() - 2;
        boolean ascii = kept >= 0 && prefix.charAt(kept) < 128;
        return ascii && prefix.endsWith("-") ? prefix.substring(0, kept) + "a" : prefix;
    }

    static List<String> tooLong(String text, int max, String unit) {
        List<String> complaints = new ArrayList<>();
        if (ByteString.of(text).length() > max) {
            complaints.add("must be no more than " + max + " " + unit);
        }
        return complaints;
    }

    static String pattern(String pattern, String examples) {
        return " (e.g. " + examples + ", regex used for validation is '" + pattern + "')";
    }

    private static boolean isSubdomain(String text) {
        int start = 0;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', start)) {
            if (!isLabel(text, start, dot)) {
                return false;
            }
            start = dot + 1;
        }
        return isLabel(text, start, text.length());
    }

    private static boolean isLabel(String text) {
        return isLabel(text, 0, text.length());
    }

    private static boolean isLabel(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            boolean inside = c == '-' && i > start && i < end - 1;
            if (!inside && !isLetter(c) && (c < '0' || c > '9')) {
                return false;
            }
        }
        return start < end;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }
}

package dev.portcullis.cel.functions;

import java.util.ArrayList;
import java.util.List;

/** Keys and values of labels, with Kubernetes' complaints. */
final class LabelFormat {
    private static final int MAX = 63;
    private static final String NAME = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String RULE =
            "must consist of alphanumeric characters, '-', '_' or '.', and must start and end"
                    + " with an alphanumeric character"
                    + DnsFormat.pattern(NAME, "'MyName',  or 'my.name',  or '123-abc'");

    private LabelFormat() {}

    static List<String> key(String text) {
        String[] parts = text.split("/", 3);
        if (parts.length == 3) {
            return List.of("a valid label key " + RULE
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
        }
        List<String> complaints = new ArrayList<>();
        if (parts.length == 2) {
            prefix(parts[0]).forEach(complaint -> complaints.add("prefix part " + complaint));
        }
        name(parts[parts.length - 1]).forEach(complaint -> complaints.add("name part " + complaint));
        return complaints;
    }

    static List<String> value(String text) {
        List<String> complaints = DnsFormat.tooLong(text, MAX, DnsFormat.BYTES);
        if (!text.isEmpty() && !isName(text)) {
            complaints.add(
                    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.',"
                            + " and must start and end with an alphanumeric character"
                            + DnsFormat.pattern("(" + NAME + ")?", "'MyValue',  or 'my_value',  or '12345'"));
        }
        return complaints;
    }

    private static List<String> prefix(String text) {
        return text.isEmpty() ? List.of("must be non-empty") : DnsFormat.subdomain1123(text, DnsFormat.BYTES);
    }

    private static List<String> name(String text) {
        List<String> complaints = DnsFormat.tooLong(text, MAX, DnsFormat.BYTES);
        if (text.isEmpty()) {
            complaints.add("must be non-empty");
        }
        if (!isName(text)) {
            complaints.add(RULE);
        }
        return complaints;
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && isAlphanumeric(text.charAt(0))
                && isAlphanumeric(text.charAt(text.length() - 1))
                && text.chars().allMatch(c -> isAlphanumeric(c) || c == '-' || c == '_' || c == '.');
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}

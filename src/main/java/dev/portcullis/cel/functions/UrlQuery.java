package dev.portcullis.cel.functions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the query of a URL; like Go, it passes over what it cannot read, and reads nothing of one with too many parameters. */
final class UrlQuery {
    private static final int MAX_PARAMETERS = 10_000;

    private UrlQuery() {}

    static Map<String, List<String>> read(String query) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (query.chars().filter(c -> c == '&').count() < MAX_PARAMETERS) {
            for (String parameter : query.split("&", -1)) {
                add(parameter, values);
            }
        }
        values.replaceAll((_, list) -> Collections.unmodifiableList(list));
        return Collections.unmodifiableMap(values);
    }

    private static void add(String parameter, Map<String, List<String>> values) {
        if (parameter.isEmpty() || parameter.indexOf(';') >= 0) {
            return;
        }
        int equals = parameter.indexOf('=');
        try {
            String key = text(equals < 0 ? parameter : parameter.substring(0, equals));
            String value = text(equals < 0 ? "" : parameter.substring(equals + 1));
            values.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
        } catch (UrlSyntaxException _) {
            // A parameter with a broken escape is as if it were not there.
        }
    }

    private static String text(String escaped) throws UrlSyntaxException {
        return ByteString.toText(UrlEncoding.QUERY.unescape(escaped));
    }
}

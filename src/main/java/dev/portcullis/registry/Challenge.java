package dev.portcullis.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a registry wants to see before it answers (RFC 9110, {@code WWW-Authenticate}).
 *
 * @param scheme in lower case
 * @param parameters by their names in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {
    private static final int LONGEST = 4_096;
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    private static final Pattern SCHEME = Pattern.compile("\\s*+(" + TOKEN + ")(?:\\s++(.*+))?", Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile(
            "\\G\\s*+(" + TOKEN + ")\\s*+=\\s*+(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|(" + TOKEN + "))\\s*+(?:,|$)");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    /** The first header that is such a challenge; others are for other kinds of clients. */
    static Optional<Challenge> find(List<String> headers, String scheme) {
        return headers.stream()
                .map(Challenge::read)
                .flatMap(Optional::stream)
                .filter(challenge -> challenge.scheme.equals(scheme))
                .findFirst();
    }

    private static Optional<Challenge> read(String header) {
        Matcher whole = SCHEME.matcher(header);
        if (header.length() > LONGEST || !whole.matches()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        Matcher parameter = PARAMETER.matcher(whole.group(2) == null ? "" : whole.group(2));
        while (parameter.find()) {
            String quoted = parameter.group(2);
            String value =
                    quoted == null ? parameter.group(3) : ESCAPE.matcher(quoted).replaceAll("$1");
            parameters.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), value);
        }
        return Optional.of(new Challenge(whole.group(1).toLowerCase(Locale.ROOT), parameters));
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }
}

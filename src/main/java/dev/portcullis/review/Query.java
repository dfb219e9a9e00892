package dev.portcullis.review;

import dev.portcullis.http.HttpError;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;

/**
 * What a dry run asks for besides its content; null is not asked for.
 *
 * @param profile judge by this profile alone
 * @param version the profile's version, {@code v1.30} or {@code latest}
 * @param policy judge by the loaded policy of this name
 * @param kind what the content is, where it does not tell
 * @param all list passes too
 * @param accept the form of the report
 */
public record Query(
        @Nullable String profile,
        @Nullable String version,
        @Nullable String policy,
        @Nullable String kind,
        boolean all,
        Format accept) {

    private static final Set<String> NAMES = new TreeSet<>(Set.of("profile", "version", "policy", "kind", "all"));

    /**
     * Reads a request's query and Accept header.
     *
     * @throws HttpError 400 for an unknown, repeated or undecodable parameter, 406 for a form that is not offered
     */
    static Query parse(@Nullable String rawQuery, @Nullable String accept) throws HttpError {
        Map<String, String> values = values(rawQuery == null ? "" : rawQuery);
        return new Query(
                values.get("profile"),
                values.get("version"),
                values.get("policy"),
                values.get("kind"),
                all(values.get("all")),
                format(accept == null ? "" : accept));
    }

    private static Map<String, String> values(String rawQuery) throws HttpError {
        Map<String, String> values = HashMap.newHashMap(NAMES.size());
        for (String pair : rawQuery.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (!NAMES.contains(name)) {
                throw new HttpError(400, "unknown query parameter '" + name + "': use " + String.join(", ", NAMES));
            }
            if (values.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1))) != null) {
                throw new HttpError(400, "query parameter '" + name + "' is given twice: give it once");
            }
        }
        return values;
    }

    private static String decode(String text) throws HttpError {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new HttpError(400, "the query is not percent-encoded as it should be: encode % as %25");
        }
    }

    private static boolean all(@Nullable String value) throws HttpError {
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.isEmpty() || value.equals("true")) {
            return true;
        }
        throw new HttpError(400, "query parameter 'all' is true, false or without a value, not '" + value + "'");
    }

    private static Format format(String accept) throws HttpError {
        try {
            return Format.accepted(accept)
                    .orElseThrow(() -> new HttpError(406, "no such report form: Accept one of " + Format.all()));
        } catch (InvalidMediaTypeException e) {
            throw new HttpError(400, "the Accept header cannot be read: use one of " + Format.all());
        }
    }
}

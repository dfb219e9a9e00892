package dev.portcullis.docker;

import dev.portcullis.workload.FieldPath;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes, as the engine's router reads the request line: an absolute form without its host, percent-decoded
 * once, without the version that may stand before the route.
 *
 * @param path decoded, such as {@code /containers/web/exec}
 * @param query decoded, every value of each parameter in the order in which they stand
 * @param version that of the API, such as {@code 1.41}; null where none stands before the route
 */
public record RequestTarget(
        String path,
        Map<String, List<String>> query,
        @Nullable String version) {
    private static final FieldPath URI = FieldPath.ROOT.child("uri");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:");
    private static final Pattern VERSION = Pattern.compile("/v[0-9.]+(?=/)");
    /** What the engine's router answers with a redirect to another path. */
    private static final Pattern UNCLEAN = Pattern.compile(".*(//|/\\.{1,2}(/|$)).*", Pattern.DOTALL);

    private static final int HEX = 16;

    /**
     * Reads a request line's target.
     *
     * @throws MalformedBodyException where the engine would refuse or redirect it
     */
    public static RequestTarget parse(String uri) throws MalformedBodyException {
        for (int i = 0; i < uri.length(); i++) {
            if (uri.charAt(i) <= ' ' || uri.charAt(i) == 0x7f) {
                throw malformed(uri, "escape spaces and control characters");
            }
        }
        int mark = uri.indexOf('?');
        String path = decoded(withoutHost(mark < 0 ? uri : uri.substring(0, mark)), false, uri);
        if (!path.startsWith("/") || UNCLEAN.matcher(path).matches()) {
            throw malformed(uri, "send a path that begins with / and has neither // nor . or .. between slashes");
        }
        Matcher version = VERSION.matcher(path);
        Map<String, List<String>> query = query(mark < 0 ? "" : uri.substring(mark + 1), uri);
        return version.lookingAt()
                ? new RequestTarget(path.substring(version.end()), query, path.substring("/v".length(), version.end()))
                : new RequestTarget(path, query, null);
    }

    /**
     * The value of a parameter, empty where it is not there.
     *
     * @throws MalformedBodyException where it is there twice: engines take the first, others that read it may not
     */
    public String parameter(String name) throws MalformedBodyException {
        List<String> values = query.getOrDefault(name, List.of(""));
        if (values.size() > 1) {
            throw new MalformedBodyException(pathOf(name), "is said twice", "keep one of them");
        }
        return values.getFirst();
    }

    /** How findings name a parameter. */
    static FieldPath pathOf(String parameter) {
        return FieldPath.ROOT.descend("query", parameter);
    }

    private static String withoutHost(String target) {
        Matcher scheme = SCHEME.matcher(target);
        if (!scheme.lookingAt()) {
            return target;
        }
        String rest = target.substring(scheme.end());
        if (!rest.startsWith("//")) {
            return rest;
        }
        int slash = rest.indexOf('/', 2);
        return slash < 0 ? "" : rest.substring(slash);
    }

    private static Map<String, List<String>> query(String text, String uri) throws MalformedBodyException {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split("&", -1)) {
            if (pair.indexOf(';') >= 0) {
                throw malformed(uri, "separate parameters by & and escape a semicolon");
            }
            int equals = pair.indexOf('=');
            String key = decoded(equals < 0 ? pair : pair.substring(0, equals), true, uri);
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1), true, uri);
            query.computeIfAbsent(key, name -> new ArrayList<>(1)).add(value);
        }
        return query;
    }

    private static String decoded(String text, boolean inQuery, String uri) throws MalformedBodyException {
        if (text.indexOf('%') < 0 && !(inQuery && text.indexOf('+') >= 0)) {
            return text;
        }
        byte[] escaped = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer plain = ByteBuffer.allocate(escaped.length);
        for (int i = 0; i < escaped.length; i++) {
            if (escaped[i] == '%') {
                int high = i + 2 < escaped.length ? Character.digit(escaped[i + 1], HEX) : -1;
                int low = i + 2 < escaped.length ? Character.digit(escaped[i + 2], HEX) : -1;
                if (high < 0 || low < 0) {
                    throw malformed(uri, "write two hexadecimal digits after each %");
                }
                plain.put((byte) (high * HEX + low));
                i += 2;
            } else {
                plain.put(inQuery && escaped[i] == '+' ? (byte) ' ' : escaped[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(plain.flip()).toString();
        } catch (CharacterCodingException notUtf8) {
            throw malformed(uri, "escape text of UTF-8");
        }
    }

    /**
     * What says that a request line is not taken.
     *
     * @param uri the part of it that is not
     */
    public static MalformedBodyException malformed(String uri, String remedy) {
        return new MalformedBodyException(URI, "is " + MalformedBodyException.quoted(uri), remedy);
    }
}

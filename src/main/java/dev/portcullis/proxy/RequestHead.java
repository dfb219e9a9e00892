package dev.portcullis.proxy;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * A request's line and headers.
 *
 * @param uri path and query, or an absolute URI, raw
 * @param fields in the order in which they came
 */
record RequestHead(String method, String uri, @Nullable HttpVersion version, List<HttpField> fields) {
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,16}");
    private static final List<String> ONCE =
            List.of("Content-Type", "Content-Length", "Transfer-Encoding", "Upgrade", "Expect", "Host");
    private static final int BAD_REQUEST = 400;
    private static final int TOO_LONG = 414;
    private static final int EXPECTATION_FAILED = 417;
    private static final int VERSION_NOT_SUPPORTED = 505;

    /** Refuses what the parser lets through and two readers could still take differently. */
    RequestHead checked(int longestTarget) throws BadMessage {
        if (version != HttpVersion.HTTP_1_1) {
            throw new BadMessage(VERSION_NOT_SUPPORTED, "only HTTP/1.1 is spoken here: HTTP/2 would bypass the policy");
        }
        if (!METHOD.matcher(method).matches()) {
            throw new BadMessage(BAD_REQUEST, "its method is none: send one in capitals");
        }
        if (uri.length() > longestTarget) {
            throw new BadMessage(TOO_LONG, "its path and query are longer than " + longestTarget + " bytes");
        }
        for (String name : ONCE) {
            if (fields.stream().filter(field -> field.is(name)).count() > 1) {
                throw new BadMessage(BAD_REQUEST, name + " is there twice: send one");
            }
        }
        String length = value("Content-Length");
        if (length != null && !LENGTH.matcher(length).matches()) {
            throw new BadMessage(BAD_REQUEST, "Content-Length is no number of bytes");
        }
        String encoding = value("Transfer-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("chunked")) {
            throw new BadMessage(BAD_REQUEST, "Transfer-Encoding may only be chunked");
        }
        String expected = value("Expect");
        if (expected != null && !expected.equalsIgnoreCase("100-continue")) {
            throw new BadMessage(EXPECTATION_FAILED, "Expect may only be 100-continue");
        }
        return this;
    }

    @Nullable String value(String name) {
        for (HttpField field : fields) {
            if (field.is(name)) {
                return field.getValue() == null ? "" : field.getValue();
            }
        }
        return null;
    }

    /** Bytes of the body, 0 without one, -1 where it comes in chunks. */
    long length() {
        String length = value("Content-Length");
        if (length != null) {
            return Long.parseLong(length);
        }
        return value("Transfer-Encoding") == null ? 0 : -1;
    }

    /** The protocol that the connection is to change to, in lower case. */
    @Nullable String upgrade() {
        String upgrade = value("Upgrade");
        return upgrade == null ? null : upgrade.strip().toLowerCase(Locale.ROOT);
    }

    boolean expectsContinue() {
        return value("Expect") != null;
    }

    /** Whether the client wants no other answer on its connection. */
    boolean isLast() {
        return fields.stream().anyMatch(field -> field.is("Connection") && field.contains("close"));
    }
}

package dev.portcullis.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answer to a question in HTTP/1.0: everything until the connection ends. */
@SuppressWarnings("ArrayRecordComponent") // handed on without a copy; compared by nobody
record EngineAnswer(int status, byte[] body) {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})(?: .*)?");
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    /** Reads it; one that is cut off, or framed in another way than was asked for, is none. */
    static EngineAnswer parse(byte[] bytes) throws EngineUnavailableException {
        int end = endOfHead(bytes);
        String[] head = new String(bytes, 0, end, StandardCharsets.ISO_8859_1).split("\r\n", -1);
        Matcher status = STATUS.matcher(head[0]);
        if (!status.matches()) {
            throw new EngineUnavailableException("answered in no HTTP that is known");
        }
        byte[] body = Arrays.copyOfRange(bytes, end + END_OF_HEAD.length, bytes.length);
        for (String header : head) {
            String field = header.toLowerCase(Locale.ROOT);
            if (field.startsWith("transfer-encoding:")
                    || (field.startsWith("content-length:")
                            && !field.substring("content-length:".length())
                                    .strip()
                                    .equals(Integer.toString(body.length)))) {
                throw new EngineUnavailableException("did not answer to the end");
            }
        }
        return new EngineAnswer(Integer.parseInt(status.group(1)), body);
    }

    private static int endOfHead(byte[] bytes) throws EngineUnavailableException {
        for (int at = 0; at + END_OF_HEAD.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + END_OF_HEAD.length, END_OF_HEAD, 0, END_OF_HEAD.length)) {
                return at;
            }
        }
        throw new EngineUnavailableException("did not answer to the end");
    }
}

package dev.portcullis.cel;

import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Functions of text. Places in it are counted in characters as Unicode has them, not in Java's. */
final class Texts {
    private Texts() {}

    static Map<String, Operation> operations() {
        Map<String, Operation> operations = new HashMap<>();
        operations.put("contains/2", (in, meter) -> contains(text(in, 0, meter), text(in, 1, meter)));
        operations.put("startsWith/2", (in, meter) -> startsWith(in, meter));
        operations.put("endsWith/2", (in, meter) -> endsWith(in, meter));
        operations.put("charAt/2", (in, meter) -> charAt(text(in, 0, meter), integer(in, 1)));
        operations.put("indexOf/3", (in, meter) -> indexOf(text(in, 0, meter), text(in, 1, meter), integer(in, 2)));
        operations.put(
                "lastIndexOf/3", (in, meter) -> lastIndexOf(text(in, 0, meter), text(in, 1, meter), integer(in, 2)));
        operations.put("lowerAscii/1", (in, meter) -> ascii(text(in, 0, meter), 'A', 'Z', 'a' - 'A'));
        operations.put("upperAscii/1", (in, meter) -> ascii(text(in, 0, meter), 'a', 'z', 'A' - 'a'));
        operations.put("trim/1", (in, meter) -> trim(text(in, 0, meter)));
        operations.put("strings.quote/1", (in, meter) -> meter.text(quote(text(in, 0, meter))));
        operations.put("substring/2", (in, meter) -> substring(text(in, 0, meter), integer(in, 1)));
        operations.put("substring/3", (in, meter) -> substring(text(in, 0, meter), integer(in, 1), integer(in, 2)));
        operations.put("join/1", (in, meter) -> join(in[0], "", meter));
        operations.put("join/2", (in, meter) -> join(in[0], text(in, 1, meter), meter));
        operations.put(
                "replace/3",
                (in, meter) -> replace(text(in, 0, meter), text(in, 1, meter), text(in, 2, meter), -1, meter));
        operations.put(
                "replace/4",
                (in, meter) ->
                        replace(text(in, 0, meter), text(in, 1, meter), text(in, 2, meter), integer(in, 3), meter));
        operations.put("split/2", (in, meter) -> split(text(in, 0, meter), text(in, 1, meter), -1, meter));
        operations.put("split/3", (in, meter) -> split(text(in, 0, meter), text(in, 1, meter), integer(in, 2), meter));
        return operations;
    }

    private static String text(Object[] in, int index, Meter meter) throws CelEvaluationException {
        String text = Operation.text(in[index], "of text");
        meter.chargeText(text.length());
        return text;
    }

    private static long integer(Object[] in, int index) throws CelEvaluationException {
        return Operation.integer(in[index], "of text");
    }

    private static boolean contains(String text, String part) {
        return new Needle(part).in(text, 0) >= 0;
    }

    private static boolean startsWith(Object[] in, Meter meter) throws CelEvaluationException {
        return Operation.text(in[0], "startsWith").startsWith(text(in, 1, meter));
    }

    private static boolean endsWith(Object[] in, Meter meter) throws CelEvaluationException {
        return Operation.text(in[0], "endsWith").endsWith(text(in, 1, meter));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String charAt(String text, long index) throws CelEvaluationException {
        int length = length(text);
        if (index < 0 || index > length) {
            throw outOfRange(index);
        }
        return index == length ? "" : Character.toString(text.codePointAt(text.offsetByCodePoints(0, (int) index)));
    }

    static long indexOf(String text, String part, long from) throws CelEvaluationException {
        if (part.isEmpty()) {
            return from;
        }
        if (from < 0) {
            throw outOfRange(from);
        }
        if (from >= length(text)) {
            return -1;
        }
        int found = new Needle(part).in(text, text.offsetByCodePoints(0, (int) from));
        return found < 0 ? -1 : text.codePointCount(0, found);
    }

    static long lastIndexOf(String text, String part) throws CelEvaluationException {
        int length = length(text);
        if (part.isEmpty()) {
            return length;
        }
        return length == 0 ? -1 : lastIndexOf(text, part, length - 1L);
    }

    private static long lastIndexOf(String text, String part, long from) throws CelEvaluationException {
        if (part.isEmpty()) {
            return from;
        }
        if (from < 0) {
            throw outOfRange(from);
        }
        if (from >= length(text)) {
            return -1;
        }
        int found = Needle.lastIn(text, part, text.offsetByCodePoints(0, (int) from));
        return found < 0 ? -1 : text.codePointCount(0, found);
    }

    private static String ascii(String text, char first, char last, int shift) {
        StringBuilder shifted = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character >= first && character <= last) {
                shifted.setCharAt(i, (char) (character + shift));
            }
        }
        return shifted.toString();
    }

    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** What Unicode calls white space. */
    private static boolean isSpace(char character) {
        return character == ' '
                || (character >= '\t' && character <= '\r')
                || character == '\u0085'
                || Character.isSpaceChar(character);
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            int escaped = "\u0007\b\f\n\r\t\u000b\\\"".indexOf(character);
            if (escaped >= 0) {
                quoted.append('\\').append("abfnrtv\\\"".charAt(escaped));
            } else {
                quoted.append(character);
            }
        }
        return quoted.append('"').toString();
    }

    private static String substring(String text, long start) throws CelEvaluationException {
        return text.substring(offset(text, start, length(text)));
    }

    private static String substring(String text, long start, long end) throws CelEvaluationException {
        if (start > end) {
            throw new CelEvaluationException("invalid substring range. start: " + start + ", end: " + end);
        }
        int length = length(text);
        return text.substring(offset(text, start, length), offset(text, end, length));
    }

    private static int offset(String text, long index, int length) throws CelEvaluationException {
        if (index < 0 || index > length) {
            throw outOfRange(index);
        }
        return text.offsetByCodePoints(0, (int) index);
    }

    private static CelEvaluationException outOfRange(long index) {
        return new CelEvaluationException("index out of range: " + index);
    }

    private static String join(Object value, String separator, Meter meter) throws CelEvaluationException {
        if (!(value instanceof List<?> list)) {
            throw Operation.noOverload("join");
        }
        StringBuilder joined = new StringBuilder();
        boolean first = true;
        for (Object element : list) {
            meter.step();
            joined.append(first ? "" : separator).append(Operation.text(element, "join"));
            Meter.checkTextLength(joined.length());
            first = false;
        }
        return meter.text(joined.toString());
    }

    private static String replace(String text, String old, String with, long limit, Meter meter)
            throws CelEvaluationException {
        if (limit == 0 || old.equals(with)) {
            return text;
        }
        StringBuilder replaced = new StringBuilder(text.length());
        Needle needle = new Needle(old);
        int copied = 0;
        int from = 0;
        for (long count = 0; count != limit; count++) {
            int found = old.isEmpty() ? nextBoundary(text, from, count) : needle.in(text, from);
            if (found < 0) {
                break;
            }
            meter.step();
            replaced.append(text, copied, found).append(with);
            Meter.checkTextLength(replaced.length());
            copied = found + old.length();
            from = copied;
        }
        return meter.text(replaced.append(text, copied, text.length()).toString());
    }

    /** Nothing is found at the start and behind each character. */
    private static int nextBoundary(String text, int from, long count) {
        if (count == 0) {
            return 0;
        }
        return from >= text.length() ? -1 : text.offsetByCodePoints(from, 1);
    }

    private static Listing split(String text, String separator, long limit, Meter meter) {
        List<Object> parts = new ArrayList<>();
        if (limit == 0 || (separator.isEmpty() && text.isEmpty())) {
            return Listing.EMPTY;
        }
        Needle needle = new Needle(separator);
        int start = 0;
        while (limit < 0 || parts.size() < limit - 1) {
            int end = separator.isEmpty() ? text.offsetByCodePoints(start, 1) : needle.in(text, start);
            if (end < 0 || (separator.isEmpty() && end == text.length())) {
                break;
            }
            meter.step();
            parts.add(text.substring(start, end));
            start = end + separator.length();
        }
        parts.add(text.substring(start));
        return Listing.of(parts);
    }
}

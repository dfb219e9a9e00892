package dev.portcullis.docker;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** IP addresses as Go's {@code netip.ParseAddr} reads and writes them; the JDK's parser takes more spellings. */
public final class GoAddress {
    private static final int GROUPS = 8;
    private static final Pattern IPV4 =
            Pattern.compile("(?:D\\.){3}D".replace("D", "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"));
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

    private GoAddress() {}

    /** The address in its one usual spelling, null where the text is none. */
    public static @Nullable String canonical(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return IPV4.matcher(text).matches() ? text : null;
        }
        int percent = text.indexOf('%');
        String zone = percent < 0 ? "" : text.substring(percent);
        int[] groups = groups(percent < 0 ? text : text.substring(0, percent));
        return groups == null || zone.equals("%") ? null : write(groups) + zone;
    }

    /** The eight groups of an IPv6 address without zone. */
    private static int @Nullable [] groups(String text) {
        int ellipsis = text.indexOf("::");
        if (ellipsis < 0) {
            int[] all = list(text, true);
            return all != null && all.length == GROUPS ? all : null;
        }
        int[] head = list(text.substring(0, ellipsis), false);
        int[] tail = list(text.substring(ellipsis + 2), true);
        if (head == null || tail == null || head.length + tail.length >= GROUPS) {
            return null;
        }
        int[] groups = Arrays.copyOf(head, GROUPS);
        System.arraycopy(tail, 0, groups, GROUPS - tail.length, tail.length);
        return groups;
    }

    /** Groups with colons between, the last two of which may be written as an IPv4 address at the end. */
    private static int @Nullable [] list(String text, boolean atEnd) {
        if (text.isEmpty()) {
            return new int[0];
        }
        String[] parts = text.split(":", GROUPS + 2);
        int[] groups = new int[parts.length + 1];
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            if (GROUP.matcher(parts[i]).matches()) {
                groups[count++] = Integer.parseInt(parts[i], 16);
            } else if (atEnd && i == parts.length - 1 && IPV4.matcher(parts[i]).matches()) {
                String[] bytes = parts[i].split("\\.", -1);
                groups[count++] = Integer.parseInt(bytes[0]) << 8 | Integer.parseInt(bytes[1]);
                groups[count++] = Integer.parseInt(bytes[2]) << 8 | Integer.parseInt(bytes[3]);
            } else {
                return null;
            }
        }
        return Arrays.copyOf(groups, count);
    }

    private static String write(int[] groups) {
        if (Arrays.equals(groups, 0, 6, new int[] {0, 0, 0, 0, 0, 0xffff}, 0, 6)) {
            return "::ffff:" + (groups[6] >> 8) + "." + (groups[6] & 0xff) + "." + (groups[7] >> 8) + "."
                    + (groups[7] & 0xff);
        }
        int start = GROUPS;
        int end = GROUPS;
        for (int from = 0, to; from < GROUPS; from = Math.max(to, from + 1)) {
            to = from;
            while (to < GROUPS && groups[to] == 0) {
                to++;
            }
            if (to - from >= 2 && to - from > end - start) {
                start = from;
                end = to;
            }
        }
        String head = write(groups, 0, start);
        return start == GROUPS ? head : head + "::" + write(groups, end, GROUPS);
    }

    private static String write(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}

package dev.portcullis.cel.functions;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The written form of IP addresses, as strict as Go is: no octet with a leading zero, no group of more than four digits. */
final class IpAddressText {
    private static final int GROUPS = 8;

    private final String text;
    private final int[] groups = new int[GROUPS];
    private int count;
    private int gap = -1;

    private IpAddressText(String text) {
        this.text = text;
    }

    static @Nullable IpAddress read(String text) {
        if (text.indexOf(':') >= 0) {
            return new IpAddressText(text).six();
        }
        long four = four(text, 0);
        return four < 0 ? null : new IpAddress(0, four, false);
    }

    /** Whether this is an address of IPv6, with or without a zone. */
    static boolean isZonedSix(String text) {
        int zone = text.indexOf('%');
        String address = zone < 0 ? text : text.substring(0, zone);
        return zone != text.length() - 1 && address.indexOf(':') >= 0 && read(address) != null;
    }

    static String write(IpAddress address) {
        if (!address.six()) {
            return (address.low() >>> 24) + "." + (address.low() >>> 16 & 255) + "." + (address.low() >>> 8 & 255) + "."
                    + (address.low() & 255);
        }
        int[] groups = groups(address);
        int start = longestRunOfZeros(groups);
        int end = start < 0 ? -1 : endOfZeros(groups, start);
        return start < 0 ? join(groups, 0, GROUPS) : join(groups, 0, start) + "::" + join(groups, end, GROUPS);
    }

    private static int[] groups(IpAddress address) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            long half = i < GROUPS / 2 ? address.high() : address.low();
            groups[i] = (int) (half >>> (48 - i % 4 * 16) & 0xffff);
        }
        return groups;
    }

    /** The first of the longest runs of at least two, or -1. */
    private static int longestRunOfZeros(int[] groups) {
        int start = -1;
        int longest = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = endOfZeros(groups, i) - i;
            if (length > longest) {
                start = i;
                longest = length;
            }
        }
        return start;
    }

    private static int endOfZeros(int[] groups, int start) {
        int end = start;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end;
    }

    private static String join(int[] groups, int start, int end) {
        return Arrays.stream(groups, start, end).mapToObj(Integer::toHexString).collect(Collectors.joining(":"));
    }

    private @Nullable IpAddress six() {
        if (!readGroups()) {
            return null;
        }
        boolean full = count == GROUPS;
        if (full == (gap >= 0)) {
            return null;
        }
        if (!full) {
            int tail = count - gap;
            System.arraycopy(groups, gap, groups, GROUPS - tail, tail);
            Arrays.fill(groups, gap, GROUPS - tail, 0);
        }
        return new IpAddress(half(0), half(GROUPS / 2), true);
    }

    private long half(int start) {
        return (long) groups[start] << 48
                | (long) groups[start + 1] << 32
                | (long) groups[start + 2] << 16
                | groups[start + 3];
    }

    private boolean readGroups() {
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            int end = endOfHex(at);
            if (count == GROUPS || end == at || end - at > 4) {
                return false;
            }
            if (end < text.length() && text.charAt(end) == '.') {
                return readFour(at);
            }
            groups[count++] = Integer.parseInt(text, at, end, 16);
            if (end == text.length()) {
                return true;
            }
            if (text.charAt(end) != ':' || end + 1 == text.length()) {
                return false;
            }
            at = end + 1;
            if (text.charAt(at) == ':') {
                if (gap >= 0) {
                    return false;
                }
                gap = count;
                at++;
            }
        }
        return true;
    }

    private int endOfHex(int start) {
        int end = start;
        while (end < text.length() && end - start < 5 && isHex(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /** The last two groups written as an address of IPv4. */
    private boolean readFour(int start) {
        boolean room = gap < 0 ? count == GROUPS - 2 : count <= GROUPS - 2;
        long four = room ? four(text, start) : -1;
        if (four < 0) {
            return false;
        }
        groups[count++] = (int) (four >>> 16);
        groups[count++] = (int) (four & 0xffff);
        return true;
    }

    /** The address of IPv4 that the rest of the text is, or -1. */
    private static long four(String text, int start) {
        long address = 0;
        int at = start;
        for (int octet = 0; octet < 4; octet++) {
            int end = at;
            int value = 0;
            while (end < text.length() && end - at < 3 && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                value = value * 10 + text.charAt(end) - '0';
                end++;
            }
            boolean leadingZero = end - at > 1 && text.charAt(at) == '0';
            boolean ended = octet == 3 ? end == text.length() : end < text.length() && text.charAt(end) == '.';
            if (end == at || leadingZero || value > 255 || !ended) {
                return -1;
            }
            address = address << 8 | value;
            at = end + 1;
        }
        return address;
    }
}

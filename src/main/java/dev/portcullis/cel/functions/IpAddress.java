package dev.portcullis.cel.functions;

import org.jspecify.annotations.Nullable;

/**
 * An IP address, as the upper and lower 64 of 128 bits; an address of IPv4 fills the lowest 32.
 *
 * @param six whether it is one of IPv6
 */
record IpAddress(long high, long low, boolean six) {
    static IpAddress parse(String text) {
        IpAddress address = read(text);
        if (address == null) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no IP address: write one of IPv4 or IPv6, without a zone and not IPv4-mapped");
        }
        return address;
    }

    /** The address where Kubernetes takes the text for one. */
    static @Nullable IpAddress read(String text) {
        IpAddress address = IpAddressText.read(text);
        return address == null || address.isMapped() ? null : address;
    }

    long family() {
        return six ? 6 : 4;
    }

    boolean isUnspecified() {
        return high == 0 && low == 0;
    }

    boolean isLoopback() {
        return six ? high == 0 && low == 1 : low >>> 24 == 127;
    }

    boolean isLinkLocalMulticast() {
        return six ? (high >>> 48 & 0xff0f) == 0xff02 : low >>> 8 == 0xe00000;
    }

    boolean isLinkLocalUnicast() {
        return six ? high >>> 54 == 0xfe80 >>> 6 : low >>> 16 == 0xa9fe;
    }

    boolean isGlobalUnicast() {
        boolean broadcast = !six && low == 0xffffffffL;
        return !broadcast && !isUnspecified() && !isLoopback() && !isMulticast() && !isLinkLocalUnicast();
    }

    int bits() {
        return six ? 128 : 32;
    }

    /** The address with all bits cleared but the first ones. */
    IpAddress masked(int length) {
        int kept = length + 128 - bits();
        return new IpAddress(high & mask(kept), low & mask(kept - 64), six);
    }

    /** The canonical form, of RFC 5952. */
    @Override
    public String toString() {
        return IpAddressText.write(this);
    }

    private boolean isMulticast() {
        return six ? high >>> 56 == 0xff : low >>> 28 == 0xe;
    }

    private boolean isMapped() {
        return six && high == 0 && low >>> 32 == 0xffff;
    }

    private static long mask(int kept) {
        if (kept <= 0) {
            return 0;
        }
        return kept >= 64 ? -1 : -1L << (64 - kept);
    }
}

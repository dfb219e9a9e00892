package dev.portcullis.cel.functions;

import org.jspecify.annotations.Nullable;

/** A network such as {@code 10.0.0.0/8}; bits after the prefix are kept. */
record Cidr(IpAddress address, int length) {
    static Cidr parse(String text) {
        Cidr cidr = read(text);
        if (cidr == null) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no network: write an IP address, / and a prefix length");
        }
        return cidr;
    }

    static @Nullable Cidr read(String text) {
        int slash = text.lastIndexOf('/');
        IpAddress address = slash < 0 ? null : IpAddress.read(text.substring(0, slash));
        int length = readLength(text.substring(slash + 1));
        return address == null || length < 0 || length > address.bits() ? null : new Cidr(address, length);
    }

    boolean contains(IpAddress other) {
        return address.six() == other.six() && address.masked(length).equals(other.masked(length));
    }

    boolean contains(Cidr other) {
        return length <= other.length && contains(other.address);
    }

    Cidr masked() {
        return new Cidr(address.masked(length), length);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }

    /** One to three digits without a leading zero, or -1. */
    private static int readLength(String text) {
        boolean digits = text.chars().limit(4).allMatch(c -> c >= '0' && c <= '9');
        boolean leadingZero = text.length() > 1 && text.charAt(0) == '0';
        return text.isEmpty() || text.length() > 3 || !digits || leadingZero ? -1 : Integer.parseInt(text);
    }
}

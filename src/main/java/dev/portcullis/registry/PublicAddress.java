package dev.portcullis.registry;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Tells addresses of the Internet from those of the network around (IANA's special-purpose registries). */
final class PublicAddress {
    private static final List<Block> SPECIAL = List.of(
            new Block("0.0.0.0", 8),
            new Block("10.0.0.0", 8),
            new Block("100.64.0.0", 10),
            new Block("127.0.0.0", 8),
            new Block("169.254.0.0", 16),
            new Block("172.16.0.0", 12),
            new Block("192.0.0.0", 24),
            new Block("192.0.2.0", 24),
            new Block("192.168.0.0", 16),
            new Block("198.18.0.0", 15),
            new Block("198.51.100.0", 24),
            new Block("203.0.113.0", 24),
            new Block("224.0.0.0", 3));

    /** All that is global unicast in IPv6. */
    private static final Block GLOBAL = new Block("2000::", 3);

    /** Global by its bits, but made of an IPv4 address, or for tunnels, tests and documents. */
    private static final List<Block> SPECIAL_6 = List.of(
            new Block("2001::", 23), new Block("2001:db8::", 32), new Block("2002::", 16), new Block("3fff::", 20));

    private PublicAddress() {}

    static boolean is(InetAddress address) {
        if (address instanceof Inet4Address) {
            return SPECIAL.stream().noneMatch(block -> block.holds(address));
        }
        return GLOBAL.holds(address) && SPECIAL_6.stream().noneMatch(block -> block.holds(address));
    }

    /** The addresses that begin with the same bits. */
    private static final class Block {
        private final byte[] start;
        private final int bits;

        Block(String start, int bits) {
            try {
                this.start = InetAddress.getByName(start).getAddress();
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(e);
            }
            this.bits = bits;
        }

        boolean holds(InetAddress address) {
            byte[] other = address.getAddress();
            int whole = bits / 8;
            int shift = 8 - bits % 8;
            return other.length == start.length
                    && Arrays.equals(other, 0, whole, start, 0, whole)
                    && (shift == 8 || (other[whole] & 0xff) >> shift == (start[whole] & 0xff) >> shift);
        }
    }
}

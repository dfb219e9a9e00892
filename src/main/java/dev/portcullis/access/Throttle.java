package dev.portcullis.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Holds up those who try what is refused: so many at once from one address, and from all together, then one at a time. Safe
 * for use by many threads.
 */
final class Throttle {
    private static final int MOST_ADDRESSES = 10_000;

    private final InstantSource clock;
    private final int burst;
    private final long millisEach;
    private final Tries all;
    private final Map<String, Tries> byAddress = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    /**
     * One that forgets.
     *
     * @param burst how many are refused from one address before it is held up
     * @param millisEach after how long one of them is forgotten
     * @param ofAll how many times as many are refused from all addresses before all are held up
     */
    Throttle(InstantSource clock, int burst, long millisEach, int ofAll) {
        this.clock = clock;
        this.burst = burst;
        this.millisEach = millisEach;
        this.all = new Tries(burst * ofAll, millisEach / ofAll);
    }

    /** Seconds for which an address must wait; 0 where it need not. */
    synchronized long wait(String address) {
        long now = clock.millis();
        Tries ofAddress = byAddress.get(network(address));
        long millis = Math.max(all.left(now), ofAddress == null ? 0 : ofAddress.left(now));
        return (millis + 999) / 1000;
    }

    /** Somebody at an address was refused. */
    synchronized void refused(String address) {
        long now = clock.millis();
        all.more(now);
        byAddress
                .computeIfAbsent(network(address), _ -> new Tries(burst, millisEach))
                .more(now);
    }

    /** Whoever has one address of IPv6 has as many as they want beside it. */
    private static String network(String address) {
        try {
            if (InetAddress.getByName(address) instanceof Inet6Address six) {
                return HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), 8));
            }
        } catch (UnknownHostException _) {
            return address;
        }
        return address;
    }

    /** A bucket that leaks: the moment at which all would be forgotten tells how full it is. */
    private static final class Tries {
        private final long most;
        private final long millisEach;
        private long empty;

        Tries(int most, long millisEach) {
            this.most = most * millisEach;
            this.millisEach = millisEach;
        }

        long left(long now) {
            return Math.max(0, empty - now - most + millisEach);
        }

        void more(long now) {
            empty = Math.min(Math.max(empty, now) + millisEach, now + most);
        }
    }
}

package dev.portcullis.profile.apparmor;

import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What a container may open sockets for.
 *
 * @param protocols of IP, such as {@code tcp}
 * @param raw whether it may write whole IP packets
 * @param packet whether it may write whole frames
 */
record Network(NavigableSet<String> protocols, boolean raw, boolean packet) {
    static final Network NONE = new Network(new TreeSet<>(), false, false);

    Network {
        protocols = Collections.unmodifiableNavigableSet(new TreeSet<>(protocols));
    }

    /** Pairs of a family and a type as rules name them, sorted. */
    NavigableSet<String> sockets() {
        NavigableSet<String> sockets = new TreeSet<>();
        for (String family : new String[] {"inet", "inet6"}) {
            for (String protocol : protocols) {
                switch (protocol) {
                    case "tcp" -> sockets.add(family + " stream");
                    case "udp" -> sockets.add(family + " dgram");
                    case "sctp" -> {
                        sockets.add(family + " stream");
                        sockets.add(family + " seqpacket");
                    }
                    // As ping does without being root.
                    case "icmp" -> sockets.add(family + " dgram");
                    default -> throw new IllegalStateException(protocol);
                }
            }
            if (raw) {
                sockets.add(family + " raw");
            }
        }
        if (packet) {
            sockets.add("packet dgram");
            sockets.add("packet raw");
        }
        return sockets;
    }
}

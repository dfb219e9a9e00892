package dev.portcullis.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A network namespace, as pods have one: what runs in it has an address of its own, and an API server that listens on loopback is
 * reached from it by the address that it has everywhere.
 */
final class NetworkNamespace implements AutoCloseable {
    private static final String NAME = "portcullis-e2e";
    private static final String OUTSIDE = "10.213.77.1";
    private static final String INSIDE = "10.213.77.2";

    private static final List<String> TOOLS = List.of("/usr/sbin/ip", "/usr/sbin/iptables", "/usr/sbin/sysctl");

    private final ServerSocket relay;

    private NetworkNamespace(ServerSocket relay) {
        this.relay = relay;
    }

    /**
     * Makes one; empty where that is not permitted.
     *
     * @param port of the API server on this machine's loopback
     */
    static Optional<NetworkNamespace> make(int port) throws IOException {
        if (!TOOLS.stream().map(Path::of).allMatch(Files::isExecutable)) {
            return Optional.empty();
        }
        remove();
        if (!run("ip", "netns", "add", NAME)) {
            return Optional.empty();
        }
        boolean made = run("ip", "link", "add", "pe2e0", "type", "veth", "peer", "name", "pe2e1", "netns", NAME)
                && run("ip", "addr", "add", OUTSIDE + "/30", "dev", "pe2e0")
                && run("ip", "link", "set", "pe2e0", "up")
                && run("ip", "-n", NAME, "addr", "add", INSIDE + "/30", "dev", "pe2e1")
                && run("ip", "-n", NAME, "link", "set", "pe2e1", "up")
                && run("ip", "-n", NAME, "link", "set", "lo", "up");
        if (!made) {
            remove();
            return Optional.empty();
        }
        ServerSocket relay = new ServerSocket(0, 50, InetAddress.getByName(OUTSIDE));
        NetworkNamespace namespace = new NetworkNamespace(relay);
        if (!namespace.redirect(port)) {
            namespace.close();
            return Optional.empty();
        }
        Thread.ofVirtual().start(() -> namespace.serve(port));
        return Optional.of(namespace);
    }

    /** Its loopback at the API server's port leads to the relay. */
    private boolean redirect(int port) {
        String target = OUTSIDE + ":" + relay.getLocalPort();
        return inside("sysctl", "-qw", "net.ipv4.conf.all.route_localnet=1")
                && inside(
                        "iptables",
                        "-t",
                        "nat",
                        "-A",
                        "OUTPUT",
                        "-p",
                        "tcp",
                        "-d",
                        "127.0.0.1",
                        "--dport",
                        Integer.toString(port),
                        "-j",
                        "DNAT",
                        "--to-destination",
                        target)
                && inside("iptables", "-t", "nat", "-A", "POSTROUTING", "-p", "tcp", "-d", OUTSIDE, "-j", "MASQUERADE");
    }

    private void serve(int port) {
        while (!relay.isClosed()) {
            try {
                Socket client = relay.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                copy(client, server);
                copy(server, client);
            } catch (IOException gone) {
                // closed, or an API server that is not there yet
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        Thread.ofVirtual().start(() -> {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException gone) {
                // one of the two has gone, and so both are
            }
        });
    }

    /** The address of what runs in it. */
    String address() {
        return INSIDE;
    }

    /** What makes a command run in it. */
    List<String> prefix() {
        return List.of("ip", "netns", "exec", NAME);
    }

    private boolean inside(String... command) {
        return run(Stream.concat(prefix().stream(), List.of(command).stream()).toArray(String[]::new));
    }

    private static boolean run(String... command) {
        return CommandResult.of(command).exitCode() == 0;
    }

    private static void remove() {
        boolean _ = run("ip", "netns", "del", NAME);
    }

    @Override
    public void close() {
        try {
            relay.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            remove();
        }
    }
}

package dev.portcullis.proxy;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Docker socket that gates and patches: two threads a request, both virtual, so that whoever is slow holds back the other. */
public final class DockerProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DockerProxy.class);
    private static final long PAUSE_MILLIS = 50;

    private final UnixListener listener;
    private final ProxyLimits limits;
    private final Shared shared;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deadlines deadlines = new Deadlines();
    private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private DockerProxy(UnixListener listener, Path engine, ProxyGate gate, ProxyLimits limits) {
        this.listener = listener;
        this.limits = limits;
        this.shared = new Shared(gate, engine, limits, new HeldBytes(limits.heldBytes()), deadlines, threads);
    }

    /**
     * Starts one, which serves once this returns.
     *
     * @param socket where clients connect; of mode 0660
     * @param engine the engine's own socket
     * @throws IOException with a sentence, where it cannot listen there
     */
    public static DockerProxy start(Path socket, Path engine, ProxyGate gate, ProxyLimits limits) throws IOException {
        DockerProxy proxy = new DockerProxy(UnixListener.bind(socket), engine, gate, limits);
        Thread.ofPlatform().name("proxy-accept").start(proxy::accept);
        return proxy;
    }

    /** Waits until it is closed. */
    public void awaitClose() throws InterruptedException {
        closed.await();
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                take(listener.accept());
            } catch (IOException failure) {
                if (listener.isOpen()) {
                    LOG.warn("a connection could not be accepted: {}", failure.getMessage());
                    pause();
                }
            }
        }
    }

    /** Out of file descriptors, say: trying again at once would only burn time. */
    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(SocketChannel channel) throws IOException {
        Peer client = new Peer(channel);
        if (connections.size() >= limits.connections()) {
            try (client) {
                client.send(OwnAnswer.error(
                        OwnAnswer.UNAVAILABLE,
                        "portcullis holds " + limits.connections() + " connections already: try again when some have"
                                + " ended",
                        true));
            }
            return;
        }
        ClientConnection connection = new ClientConnection(client, shared);
        connections.add(connection);
        threads.execute(() -> {
            try {
                connection.run();
            } finally {
                end(connection);
            }
        });
        if (!listener.isOpen()) {
            connection.stop();
        }
    }

    /** Takes no more, waits for what is in progress as long as the limits say, then ends what is left. */
    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        try {
            listener.close();
        } catch (IOException failure) {
            LOG.warn("the socket could not be taken away: {}", failure.getMessage());
        }
        connections.forEach(ClientConnection::stop);
        if (!awaitEnd(limits.stop())) {
            connections.forEach(ClientConnection::abort);
            awaitEnd(limits.stop());
        }
        threads.shutdown();
        deadlines.close();
        closed.countDown();
    }

    private synchronized void end(ClientConnection connection) {
        connections.remove(connection);
        notifyAll();
    }

    /** Whether all connections have ended in time. */
    private synchronized boolean awaitEnd(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (!connections.isEmpty()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            try {
                wait(left);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}

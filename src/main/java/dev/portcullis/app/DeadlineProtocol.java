package dev.portcullis.app;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1, more strictly: see {@link StrictProcessor}; and with a deadline for a TLS handshake and a request's head as a whole. Tomcat's own time-outs begin anew with
 * every byte, so that a client that sends one every few seconds would keep its connection for hours. Tomcat makes it by
 * its name.
 */
public final class DeadlineProtocol extends Http11NioProtocol {
    private static final long NONE = Long.MIN_VALUE;
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final long DEADLINE = TimeUnit.SECONDS.toNanos(7);

    /** When each connection was first seen to wait for the rest; used by the watching thread alone. */
    private final Map<SocketWrapperBase<NioChannel>, Waiting> waiting = new HashMap<>();

    private @Nullable Thread watcher;

    /** @param request the start of the request waited for, which tells one request of a connection from the next */
    private record Waiting(long since, long request) {}

    @Override
    protected Processor createProcessor() {
        return new StrictProcessor(this, getAdapter());
    }

    @Override
    public void start() throws Exception {
        super.start();
        watcher = Thread.ofPlatform().name("deadlines").daemon().start(this::watch);
    }

    @Override
    public void stop() throws Exception {
        if (watcher != null) {
            watcher.interrupt();
        }
        super.stop();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(LOOK);
                look(System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(long now) {
        var connections = getEndpoint().getConnections();
        waiting.keySet().retainAll(connections);
        for (SocketWrapperBase<NioChannel> connection : connections) {
            long request = unfinished(connection);
            Waiting before = waiting.get(connection);
            if (request == NONE) {
                waiting.remove(connection);
            } else if (before == null || before.request() != request) {
                waiting.put(connection, new Waiting(now, request));
            } else if (now - before.since() > DEADLINE) {
                waiting.remove(connection);
                connection.close();
            }
        }
    }

    /** The start of the request whose head has not all arrived, 0 within a handshake, or {@link #NONE}. */
    private static long unfinished(SocketWrapperBase<NioChannel> connection) {
        NioChannel channel = connection.getSocket();
        if (channel == null || connection.isClosed()) {
            return NONE;
        }
        if (!channel.isHandshakeComplete()) {
            return 0;
        }
        // Tomcat parks a processor at its connection only while a request is begun and no thread works on it.
        return connection.getCurrentProcessor() instanceof AbstractProcessor processor
                ? processor.getRequest().getStartTimeNanos()
                : NONE;
    }
}

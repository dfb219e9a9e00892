package dev.portcullis.proxy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request that was let through, over a connection to the engine of its own: whatever two readers could make of what
 * follows it, no other request is on that connection. This thread sends the request, another passes on the answer.
 */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final ClientConnection connection;
    private final Peer client;
    private final RequestReader request;
    private final RequestHead head;
    private final byte @Nullable [] body;
    private final Verdict.Forward forward;
    private final Shared shared;
    /** Whether nothing of the request is still to come from the client. */
    private volatile boolean requestRead;

    Exchange(
            ClientConnection connection,
            Peer client,
            RequestReader request,
            RequestHead head,
            byte @Nullable [] body,
            Verdict.Forward forward,
            Shared shared) {
        this.connection = connection;
        this.client = client;
        this.request = request;
        this.head = head;
        this.body = body;
        this.forward = forward;
        this.shared = shared;
        this.requestRead = body != null || head.length() == 0;
    }

    /** Sends the request and passes on the answer; whether another request may follow on the client's connection. */
    boolean run() throws IOException {
        try (Peer engine = connect()) {
            Answer answer = new Answer(client, engine, head, forward, shared, this::isRead);
            CompletableFuture<Boolean> done =
                    CompletableFuture.supplyAsync(() -> pass(answer, engine), shared.threads());
            boolean ended = true;
            if (!send(engine)) {
                done.join();
                connection.drain();
            } else if (!forward.streams().isEmpty() && answer.isStream()) {
                stream(engine);
            } else {
                ended = awaitNext(engine);
            }
            return done.join() && !ended;
        } catch (EngineGoneException gone) {
            connection.refuse(OwnAnswer.BAD_GATEWAY, gone.sentence());
            return false;
        }
    }

    private boolean isRead() {
        return requestRead;
    }

    private Peer connect() throws EngineGoneException {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(shared.engine()));
                return new Peer(channel);
            } catch (IOException refused) {
                channel.close();
                throw refused;
            }
        } catch (IOException refused) {
            throw new EngineGoneException(shared.engine(), refused);
        }
    }

    /** Whether all of it has been sent. */
    private boolean send(Peer engine) {
        try {
            if (body != null) {
                engine.send(start(body.length).bytes(), ByteBuffer.wrap(body));
                return true;
            }
            engine.send(start(head.length()).bytes());
            sendContent(engine, head.length() < 0);
            return true;
        } catch (IOException engineEnded) {
            // It may have answered before it has read all: the answer still counts.
            return false;
        } catch (BadMessage broken) {
            engine.close();
            return false;
        }
    }

    private void sendContent(Peer engine, boolean chunked) throws IOException, BadMessage {
        for (@Nullable ByteBuffer part = request.readContent(); part != null; part = request.readContent()) {
            engine.send(Head.part(part, chunked));
        }
        requestRead = true;
        if (chunked) {
            engine.send(Head.lastChunk());
        }
    }

    private Head start(long length) {
        Head start = Head.request(head.method(), forward.target()).with(head.fields());
        String upgrade = head.upgrade();
        if (upgrade != null) {
            start.with("Connection", "Upgrade").with("Upgrade", upgrade);
        }
        boolean says = length != 0 || head.value("Content-Length") != null || head.value("Transfer-Encoding") != null;
        return says ? start.framed(length) : start;
    }

    /** From now on all that the client sends is the engine's; its end too, while the engine goes on answering. */
    private void stream(Peer engine) {
        try {
            client.pump(engine);
            engine.endOutput();
        } catch (IOException ended) {
            LOG.debug("a stream has ended", ended);
        }
    }

    /**
     * Waits for the next request, or for the client to end: the engine then ends what it does for nobody.
     *
     * @return whether it has ended
     */
    private boolean awaitNext(Peer engine) throws IOException {
        if (client.received().hasRemaining() || client.receive()) {
            return false;
        }
        engine.endOutput();
        return true;
    }

    private boolean pass(Answer answer, Peer engine) {
        boolean goesOn = false;
        try {
            goesOn = answer.pass() && requestRead && connection.endOfExchange();
        } finally {
            if (goesOn) {
                engine.close();
            } else {
                client.endOutput();
                engine.endOutput();
                connection.limit(shared.limits().linger());
            }
        }
        return goesOn;
    }
}

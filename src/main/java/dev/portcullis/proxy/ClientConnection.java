package dev.portcullis.proxy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's connection: its requests one after the other, each asked about before anything of it goes on. */
final class ClientConnection implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
    private static final String FAILED =
            "the policy could not be asked, so the request is denied; see the log of" + " portcullis proxy";

    private final Peer client;
    private final Shared shared;
    private final RequestReader requests;
    private volatile boolean timedOut;
    private volatile Future<?> deadline = CompletableFuture.completedFuture(null);
    private boolean busy;
    private boolean stopping;

    ClientConnection(Peer client, Shared shared) {
        this.client = client;
        this.shared = shared;
        this.requests = new RequestReader(client, shared.limits().headBytes(), this::begin);
    }

    @Override
    public void run() {
        try (client) {
            rest();
            boolean goesOn = true;
            while (goesOn) {
                goesOn = serve();
            }
        } catch (IOException gone) {
            LOG.debug("a client went away", gone);
        } catch (RuntimeException failure) {
            LOG.error("a connection has failed", failure);
        } finally {
            deadline.cancel(false);
        }
    }

    /** Ends it where it waits for a request, else after the one in progress. */
    synchronized void stop() {
        stopping = true;
        if (!busy) {
            client.endInput();
        }
    }

    /** Ends it now. */
    void abort() {
        client.close();
    }

    /** Takes one request, and tells whether another may follow. */
    private boolean serve() throws IOException {
        try {
            if (!requests.readHead()) {
                return false;
            }
            deadline.cancel(false);
            RequestHead head = requests.head().checked(shared.limits().targetBytes());
            return handle(head);
        } catch (BadMessage bad) {
            int status = timedOut ? OwnAnswer.REQUEST_TIMEOUT : bad.status();
            String message = timedOut ? "it took too long to arrive" : bad.getMessage();
            refuse(status, "portcullis cannot read the request: " + message);
            return false;
        }
    }

    private boolean handle(RequestHead head) throws IOException, BadMessage {
        boolean held = shared.gate().readsBody(head.method(), head.uri());
        try (HeldBytes.Body body = shared.held().body(shared.limits().bodyBytes())) {
            byte[] bytes = held ? read(head, body) : null;
            return switch (decide(head, bytes)) {
                case Verdict.Deny deny -> deny(deny.message(), head);
                case Verdict.Forward forward -> {
                    String refusal = Upgrades.refusal(head, forward.streams());
                    yield refusal == null ? forward(head, bytes, forward) : deny(refusal, head);
                }
            };
        }
    }

    private byte[] read(RequestHead head, HeldBytes.Body body) throws IOException, BadMessage {
        goOn(head);
        limit(shared.limits().body());
        byte[] bytes = body.readAll(requests);
        deadline.cancel(false);
        return bytes;
    }

    private void goOn(RequestHead head) throws IOException {
        if (head.expectsContinue()) {
            client.send(OwnAnswer.goOn());
        }
    }

    private Verdict decide(RequestHead head, byte @Nullable [] body) {
        try {
            return shared.gate()
                    .decide(new PendingRequest(head.method(), head.uri(), head.value("Content-Type"), body));
        } catch (RuntimeException failure) {
            LOG.error("the policy could not be asked", failure);
            return new Verdict.Deny(FAILED);
        }
    }

    private boolean deny(String message, RequestHead head) throws IOException {
        boolean whole = requests.isComplete() || head.length() == 0;
        if (!whole) {
            refuse(OwnAnswer.FORBIDDEN, message);
            return false;
        }
        boolean last = head.isLast() || !endOfExchange();
        client.send(OwnAnswer.error(OwnAnswer.FORBIDDEN, message, last));
        return !last;
    }

    /** Answers, and takes no more: what is still on its way is thrown away, so that the client comes to the answer. */
    void refuse(int status, String message) throws IOException {
        client.send(OwnAnswer.error(status, message, true));
        client.endOutput();
        limit(shared.limits().linger());
        drain();
    }

    /** Throws away what the client sends until it ends. */
    void drain() throws IOException {
        boolean more = true;
        while (more) {
            more = client.receive();
        }
    }

    private boolean forward(RequestHead head, byte @Nullable [] body, Verdict.Forward forward) throws IOException {
        if (body == null) {
            goOn(head);
        }
        byte[] sent = forward.body() == null ? body : forward.body();
        return new Exchange(this, client, requests, head, sent, forward, shared).run();
    }

    /** The first byte of a request has come. */
    private synchronized void begin() {
        busy = true;
        limit(shared.limits().head());
    }

    /**
     * A request has been answered.
     *
     * @return whether another may follow
     */
    synchronized boolean endOfExchange() {
        busy = false;
        if (stopping) {
            return false;
        }
        rest();
        return true;
    }

    private void rest() {
        deadline.cancel(false);
        deadline = shared.deadlines().after(shared.limits().idle(), client::endInput);
    }

    /** Ends what the client sends after a while. */
    void limit(Duration time) {
        deadline.cancel(false);
        deadline = shared.deadlines().after(time, () -> {
            timedOut = true;
            client.endInput();
        });
    }
}

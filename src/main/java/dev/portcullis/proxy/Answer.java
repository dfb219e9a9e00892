package dev.portcullis.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpField;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes the engine's answer on to the client. */
final class Answer {
    private static final Logger LOG = LoggerFactory.getLogger(Answer.class);
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final Set<Integer> WITHOUT_BODY = Set.of(204, 304);

    private final Peer client;
    private final Peer engine;
    private final RequestHead request;
    private final Verdict.Forward forward;
    private final Shared shared;
    private final BooleanSupplier requestRead;
    private final ResponseReader response;
    private final CompletableFuture<Boolean> stream = new CompletableFuture<>();
    private boolean begun;

    /**
     * The answer to a request.
     *
     * @param requestRead whether the client has nothing more of its request to send
     */
    Answer(
            Peer client,
            Peer engine,
            RequestHead request,
            Verdict.Forward forward,
            Shared shared,
            BooleanSupplier requestRead) {
        this.client = client;
        this.engine = engine;
        this.request = request;
        this.forward = forward;
        this.shared = shared;
        this.requestRead = requestRead;
        this.response = new ResponseReader(engine, shared.limits().headBytes());
    }

    /** Waits for the answer's head, which tells whether the connection is now the engine's, raw. */
    boolean isStream() {
        return stream.join();
    }

    /**
     * Passes it on, to its end.
     *
     * @return whether the client knows where the answer ends, and may send another request
     */
    boolean pass() {
        try {
            return passAny();
        } catch (IOException | BadMessage failure) {
            LOG.debug("an answer has ended early", failure);
            engine.close();
            return !begun && fail();
        } finally {
            stream.complete(false);
        }
    }

    /** Tells the client that there is none; false. */
    private boolean fail() {
        try {
            client.send(OwnAnswer.error(
                    OwnAnswer.BAD_GATEWAY,
                    "the Docker engine ended the connection without an answer: see its log, and send the request again",
                    true));
        } catch (IOException gone) {
            LOG.debug("a client went away", gone);
        }
        return false;
    }

    private boolean passAny() throws IOException, BadMessage {
        do {
            if (!response.readHead()) {
                return fail();
            }
        } while (response.status() < OK && response.status() != SWITCHING_PROTOCOLS);
        if (isRaw()) {
            return passStream();
        }
        stream.complete(false);
        if (response.status() == SWITCHING_PROTOCOLS) {
            engine.close();
            return fail();
        }
        if (response.status() == CREATED && !forward.warnings().isEmpty()) {
            return passWithWarnings();
        }
        return passBody();
    }

    private boolean isRaw() {
        if (forward.streams().isEmpty()) {
            return false;
        }
        return response.status() == SWITCHING_PROTOCOLS ? request.upgrade() != null : isUnframed();
    }

    /** Whether only the connection's end ends the answer: what the engine says when it takes the connection over. */
    private boolean isUnframed() {
        return response.status() == OK
                && !request.method().equals("HEAD")
                && value("Content-Length") == null
                && value("Transfer-Encoding") == null;
    }

    private boolean passStream() throws IOException {
        begun = true;
        Head head = Head.answer(response.status(), response.reason()).with(response.fields());
        String upgrade = value("Upgrade");
        if (upgrade != null) {
            head.with("Connection", "Upgrade").with("Upgrade", upgrade);
        }
        client.send(head.bytes());
        stream.complete(true);
        engine.pump(client);
        return false;
    }

    private boolean passWithWarnings() throws IOException, BadMessage {
        try (HeldBytes.Body held = shared.held().body(shared.limits().bodyBytes())) {
            byte[] body = Warnings.join(held.readAll(response), forward.warnings());
            begun = true;
            boolean last = isLast();
            client.send(head(last).framed(body.length).bytes(), ByteBuffer.wrap(body));
            return !last;
        }
    }

    private boolean passBody() throws IOException, BadMessage {
        begun = true;
        boolean chunked = value("Transfer-Encoding") != null;
        String length = value("Content-Length");
        boolean bodyless = request.method().equals("HEAD") || WITHOUT_BODY.contains(response.status());
        boolean last = isLast() || (!chunked && length == null && !bodyless);
        Head head = head(last);
        if (chunked) {
            head.framed(-1);
        } else if (length != null) {
            head.with("Content-Length", length);
        }
        client.send(head.bytes());
        if (!bodyless) {
            passContent(chunked);
        }
        return !last;
    }

    private void passContent(boolean chunked) throws IOException, BadMessage {
        for (@Nullable ByteBuffer part = response.readContent(); part != null; part = response.readContent()) {
            client.send(Head.part(part, chunked));
        }
        if (chunked) {
            client.send(Head.lastChunk());
        }
    }

    private Head head(boolean last) {
        Head head = Head.answer(response.status(), response.reason()).with(response.fields());
        return last ? head.with("Connection", "close") : head;
    }

    private boolean isLast() {
        return request.isLast() || !requestRead.getAsBoolean();
    }

    private @Nullable String value(String name) {
        for (HttpField field : response.fields()) {
            if (field.is(name)) {
                return field.getValue();
            }
        }
        return null;
    }
}

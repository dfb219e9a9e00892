package dev.portcullis.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;

/**
 * Reads bodies within a size, a time and a shared byte budget.
 *
 * <p>A body up to 64 KiB of declared length costs one array of exactly that size. A longer one, or one of unknown
 * length, is given room as its bytes arrive, so that announcing much and sending little holds nothing. What is refused
 * is read to its end, within the time, and thrown away but for its head: a client that is still sending would not read
 * the answer.
 */
public final class BodyReader {
    /** Bytes kept of a refused body: a review's uid stands within them. */
    public static final int HEAD = 64 * 1024;

    /** A request attribute, a Runnable that makes the response usable again after a failed read has suspended it. */
    public static final String REVIVE = "dev.portcullis.http.revive";

    /** A request attribute that is there when its body cannot be read any further. */
    static final String BROKEN = "dev.portcullis.http.broken";

    private static final int UNKNOWN_LENGTH = 16 * 1024;

    private final int limit;
    private final ByteBudget budget;
    private final long nanos;

    /**
     * A reader.
     *
     * @param limit bytes a body may have
     * @param budget what all bodies of this reader may hold together
     * @param time within which a body must have arrived; a read that blocks is cut by the socket's own time-out
     */
    public BodyReader(int limit, ByteBudget budget, Duration time) {
        this.limit = limit;
        this.budget = budget;
        this.nanos = time.toNanos();
    }

    /**
     * Reads the body, never through request parameters: those swallow a form-typed body.
     *
     * @throws IOException when the connection cannot be read at all
     */
    public Body read(HttpServletRequest request) throws IOException {
        return read(request, Reading::whole);
    }

    /**
     * Takes nothing of a body but its head, whatever it is: for a request that is refused before.
     *
     * @param code of the refusal
     * @throws IOException when the connection cannot be read at all
     */
    public Body refuse(HttpServletRequest request, int code, String message) throws IOException {
        return read(request, reading -> reading.none(code, message));
    }

    private interface Way {
        Body read(Reading reading) throws IOException;
    }

    private Body read(HttpServletRequest request, Way way) throws IOException {
        Reading reading = new Reading(request.getInputStream(), request.getContentLengthLong());
        boolean whole = false;
        try {
            Body body = reading.read(way);
            whole = body instanceof Body.Whole;
            if (reading.broken) {
                request.setAttribute(BROKEN, true);
                revive(request);
            }
            return body;
        } finally {
            if (!whole) {
                reading.claim.close();
            }
        }
    }

    private static void revive(HttpServletRequest request) {
        if (request.getAttribute(REVIVE) instanceof Runnable revival) {
            revival.run();
        }
    }

    private static boolean isTimeout(IOException failure) {
        return failure instanceof SocketTimeoutException || failure.getCause() instanceof SocketTimeoutException;
    }

    /** One body on its way in. */
    private final class Reading {
        private final InputStream in;
        private final long declared;
        private final long deadline = System.nanoTime() + nanos;
        private final ByteBudget.Claim claim = budget.claim();
        private byte[] buffer = new byte[0];
        private int length;
        private boolean broken;

        Reading(InputStream in, long declared) {
            this.in = in;
            this.declared = declared;
        }

        Body whole() throws IOException {
            if (declared > limit) {
                return tooLarge();
            }
            if (!makeRoom(declared < 0 ? UNKNOWN_LENGTH : (int) Math.min(declared, HEAD))) {
                return noRoom();
            }
            return fill();
        }

        Body none(int code, String message) throws IOException {
            drain();
            return refused(code, message);
        }

        Body read(Way way) throws IOException {
            try {
                return way.read(this);
            } catch (IOException e) {
                broken = true;
                return isTimeout(e) ? tooSlow() : refused(400, "the body ended early: send it again, whole");
            }
        }

        private Body fill() throws IOException {
            while (length != declared) {
                if (length == buffer.length) {
                    int next = in.read();
                    if (next < 0) {
                        break;
                    }
                    if (length == limit) {
                        return tooLarge();
                    }
                    if (!makeRoom((int) Math.min(length * 4L, declared < 0 ? limit : declared))) {
                        return noRoom();
                    }
                    buffer[length++] = (byte) next;
                }
                int count = in.read(buffer, length, buffer.length - length);
                if (count < 0) {
                    break;
                }
                length += count;
                if (late()) {
                    return tooSlow();
                }
            }
            return new Body.Whole(length == buffer.length ? buffer : Arrays.copyOf(buffer, length), claim);
        }

        private boolean makeRoom(int size) {
            if (!claim.growTo(size)) {
                return false;
            }
            buffer = Arrays.copyOf(buffer, size);
            return true;
        }

        private Body tooLarge() throws IOException {
            drain();
            return refused(413, "the body is larger than " + limit + " bytes: send less at once");
        }

        private Body noRoom() throws IOException {
            drain();
            return refused(429, "too many bytes in flight: try again in a second");
        }

        private Body tooSlow() {
            return refused(
                    408,
                    "the body did not arrive within " + Duration.ofNanos(nanos).toSeconds() + " s");
        }

        private Body refused(int code, String message) {
            return new Body.Refused(Arrays.copyOf(buffer, Math.min(length, HEAD)), code, message);
        }

        /** Fills the head, then throws away what follows. */
        private void drain() throws IOException {
            if (buffer.length < HEAD) {
                buffer = Arrays.copyOf(buffer, HEAD);
            }
            byte[] discarded = new byte[UNKNOWN_LENGTH];
            while (!late()) {
                boolean head = length < HEAD;
                int count = head ? in.read(buffer, length, HEAD - length) : in.read(discarded);
                if (count < 0) {
                    return;
                }
                length += head ? count : 0;
            }
        }

        private boolean late() {
            return System.nanoTime() > deadline;
        }
    }
}

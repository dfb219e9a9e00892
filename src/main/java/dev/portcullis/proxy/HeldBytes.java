package dev.portcullis.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A bound on the bytes of all bodies that are held at once. */
final class HeldBytes {
    private final long most;
    private final AtomicLong held = new AtomicLong();

    HeldBytes(long most) {
        this.most = most;
    }

    /** A body that begins empty; closing it gives back what it holds. */
    Body body(int longest) {
        return new Body(longest);
    }

    /** One body; used by one thread. */
    final class Body implements AutoCloseable {
        private final int longest;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private long claimed;

        private Body(int longest) {
            this.longest = longest;
        }

        /**
         * Reads the rest of a message.
         *
         * @throws BadMessage also where it is too long, or too much is held already
         */
        byte[] readAll(MessageReader message) throws IOException, BadMessage {
            for (@Nullable ByteBuffer part = message.readContent(); part != null; part = message.readContent()) {
                claim(part.remaining());
                byte[] copy = new byte[part.remaining()];
                part.get(copy);
                bytes.writeBytes(copy);
            }
            return bytes.toByteArray();
        }

        private void claim(int more) throws BadMessage {
            if (bytes.size() + more > longest) {
                throw new BadMessage(
                        OwnAnswer.TOO_LARGE, "its body is over " + (longest >> 20) + " MiB: what is judged may not be");
            }
            claimed += more;
            if (held.addAndGet(more) > most) {
                throw new BadMessage(
                        OwnAnswer.UNAVAILABLE, "too much is being judged just now: send it again in a moment");
            }
        }

        @Override
        public void close() {
            held.addAndGet(-claimed);
            claimed = 0;
        }
    }
}

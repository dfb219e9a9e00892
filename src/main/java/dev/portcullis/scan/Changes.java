package dev.portcullis.scan;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What watches have brought and nobody has looked at yet, in its order. Who brings it is never held up. */
final class Changes {
    /** More are remembered by name alone. */
    private static final int MOST_OBJECTS = 500;

    private final BlockingQueue<Change> waiting = new LinkedBlockingQueue<>();
    private final AtomicInteger objects = new AtomicInteger();

    /** One of them. */
    sealed interface Change {
        ObjectKey key();
    }

    /**
     * An object is another than before.
     *
     * @param object null where many had changed: it is to be asked for
     */
    record Seen(ObjectKey key, @Nullable ObjectNode object) implements Change {}

    /** An object is there no more. */
    record Gone(ObjectKey key) implements Change {}

    void seen(ObjectKey key, ObjectNode object) {
        if (objects.incrementAndGet() <= MOST_OBJECTS) {
            waiting.add(new Seen(key, object));
        } else {
            objects.decrementAndGet();
            waiting.add(new Seen(key, null));
        }
    }

    void gone(ObjectKey key) {
        waiting.add(new Gone(key));
    }

    /** The next, null where there is none in time. */
    @Nullable Change poll(long nanoseconds) throws InterruptedException {
        Change next = waiting.poll(nanoseconds, TimeUnit.NANOSECONDS);
        if (next instanceof Seen seen && seen.object() != null) {
            objects.decrementAndGet();
        }
        return next;
    }
}

package dev.portcullis.live;

import dev.portcullis.policy.PolicySet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The one set of policies by which is decided now. Whoever decides takes it once, and has all of it. */
public final class InForce implements Supplier<PolicySet> {
    private final List<Consumer<PolicySet>> listeners = new CopyOnWriteArrayList<>();
    private volatile PolicySet current;

    /** Begins with a set. */
    public InForce(PolicySet first) {
        this.current = first;
    }

    @Override
    public PolicySet get() {
        return current;
    }

    /** Puts a whole set in the place of the one before. */
    void put(PolicySet next) {
        current = next;
        listeners.forEach(listener -> listener.accept(next));
    }

    /** Tells of the set there is, and of each that comes. */
    public void tell(Consumer<PolicySet> listener) {
        listeners.add(listener);
        listener.accept(current);
    }
}

package dev.portcullis.engine;

import dev.portcullis.policy.ClosedRoute;

/** How a request is decided, by its route alone. */
sealed interface Treatment {
    /** Allowed without a look at anything else, so that a gate's own look-ups ask nothing in turn. */
    record Plain() implements Treatment {}

    /** Judged as a container to create. */
    record Create() implements Treatment {}

    /**
     * Judged as the container is by now.
     *
     * @param container its name or identifier
     */
    record Start(String container) implements Treatment {}

    /** Judged as an act. */
    record Act() implements Treatment {}

    /**
     * Denied unless a policy opens it, then judged as what is left to see.
     *
     * @param open what is judged then
     */
    record Closed(ClosedRoute route, Treatment open) implements Treatment {}

    /** Denied: there is no such route, or none that is known. */
    record Unknown() implements Treatment {}
}

package dev.portcullis.docker;

import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.RestartPolicy;

/** How settings are written whose notation differs between what engines take and what people write for them. */
interface EngineNotation {
    /** As the body of a container-create request. */
    EngineNotation CREATE_BODY = new EngineNotation() {};

    /** As {@code docker inspect} prints a container or an image. */
    EngineNotation INSPECTED = new EngineNotation() {
        @Override
        public boolean holdsImage() {
            return true;
        }
    };

    /** Whether what the image says is written there too, so that what is not written is not so. */
    default boolean holdsImage() {
        return false;
    }

    /** Memory and CPU limits, in the engine's units. */
    default Notation<String> limit() {
        return (path, value) -> new Edit.Set(path, Long.valueOf(value));
    }

    /** The network that is meant where none is said. */
    default String ownNetwork() {
        return "default";
    }

    /** A restart policy, at the place of its number of retries. */
    default Notation<RestartPolicy> restartPolicy() {
        return (path, policy) -> new Edit.Set(path, policy.retries());
    }
}

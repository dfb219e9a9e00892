package dev.portcullis.workload;

import java.util.List;
import java.util.Optional;

/** What is known of the profiles that lie on nodes and hosts. */
public interface NodeProfiles {
    /** Knows nothing. */
    NodeProfiles NONE = new NodeProfiles() {
        @Override
        public boolean knows(Kind kind, String name) {
            return false;
        }

        @Override
        public Optional<List<String>> forbidden(Kind kind, String name, Workload workload, Container container) {
            return Optional.empty();
        }
    };

    /** What a profile is for. */
    enum Kind {
        /** System calls. */
        SECCOMP,
        /** Files, sockets and capabilities. */
        APPARMOR
    }

    /** Whether a profile of a kind is there, whatever it says. */
    boolean knows(Kind kind, String name);

    /**
     * What a profile forbids a container that it evidently needs, a phrase each: {@code listening on 8080/tcp}.
     *
     * @param name as the container names it
     * @return empty where the profile is not known
     */
    Optional<List<String>> forbidden(Kind kind, String name, Workload workload, Container container);
}

package dev.portcullis.policy;

import dev.portcullis.workload.Requester;
import java.util.Collections;
import java.util.Set;

/** Who may do what an act asks about. Somebody whom the platform does not know is never one of them. */
public record Except(Set<String> users, Set<String> groups) {
    /** Nobody. */
    public static final Except NOBODY = new Except(Set.of(), Set.of());

    /** Whether it names the requester or a group of theirs. */
    boolean names(Requester requester) {
        String user = requester.user();
        return user != null && (users.contains(user) || !Collections.disjoint(groups, requester.groups()));
    }
}

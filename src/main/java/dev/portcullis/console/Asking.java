package dev.portcullis.console;

import dev.portcullis.access.Person;
import dev.portcullis.history.History;
import dev.portcullis.history.Seen;
import dev.portcullis.history.Sight;
import dev.portcullis.http.HttpError;

/** Whoever makes the request that is answered, and how far they see: what lies beyond is for them not there. */
final class Asking {
    private Asking() {}

    static Sight sight() throws HttpError {
        return new Sight(Person.asking().namespaces());
    }

    /** As much of a history. */
    static Seen seen(History history) throws HttpError {
        return history.seenBy(sight());
    }
}

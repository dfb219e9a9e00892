package dev.portcullis.history;

import java.time.Instant;

/** What a history has written down, had it run then. */
public final class Past {
    private Past() {}

    /** That what runs now stood so at an earlier time too. */
    public static void stoodAt(History history, Instant at) throws HistoryUnavailableException {
        history.ask(database -> new Postures(database).keep(at));
    }
}

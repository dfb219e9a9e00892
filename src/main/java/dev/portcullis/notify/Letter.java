package dev.portcullis.notify;

import java.util.List;

/** Who writes to whom, and when. */
public record Letter(String from, List<String> to, Schedule schedule) {
    /** Keeps what it is given. */
    public Letter {
        to = List.copyOf(to);
    }
}

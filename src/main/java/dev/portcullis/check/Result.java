package dev.portcullis.check;

import java.util.Locale;

/** A check's answer to one question. */
public enum Result {
    PASS,
    FAIL,
    /** It could not be judged here, for the reason given. */
    SKIP,
    /** The check itself broke. */
    ERROR;

    /** The name in reports. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

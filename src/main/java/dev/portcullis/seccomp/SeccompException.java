package dev.portcullis.seccomp;

import dev.portcullis.workload.Printable;

/** Something is no seccomp profile, or none can be made of it: the message says where, what is wrong and how to mend it. */
public final class SeccompException extends Exception {
    private static final int LONGEST_MESSAGE = 400;

    /**
     * What is wrong.
     *
     * @param where the place in what was given
     * @param problem goes on from there: {@code is "SCMP_ACT_MAYBE"}
     * @param remedy an imperative
     */
    public SeccompException(String where, String problem, String remedy) {
        super(Printable.text(where + " " + problem + ": " + remedy, LONGEST_MESSAGE), null, false, false);
    }
}

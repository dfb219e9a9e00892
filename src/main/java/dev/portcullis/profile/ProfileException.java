package dev.portcullis.profile;

import dev.portcullis.workload.Printable;

/** No profile can be made of what was given: the message says where, what is wrong and how to mend it. */
public final class ProfileException extends Exception {
    private static final int LONGEST_MESSAGE = 400;
    private static final int LONGEST_PLACE = 160;

    /**
     * Why there is no profile.
     *
     * @param where the place in what was given, as its author knows it
     * @param problem goes on from there: {@code is "etc", which is no absolute path}
     * @param remedy an imperative
     */
    public ProfileException(String where, String problem, String remedy) {
        super(
                Printable.text(Printable.text(where, LONGEST_PLACE) + " " + problem + ": " + remedy, LONGEST_MESSAGE),
                null,
                false,
                false);
    }
}

package dev.portcullis.docker.dockerfile;

/** What replacing variables may cost in one Dockerfile; what is beyond is left open. */
final class Budget {
    private int characters = 4 << 20;
    private int searches = 50;

    /** Whether values of this length may be put in once more. */
    boolean affords(int length) {
        characters -= Math.min(length, characters);
        return characters > 0;
    }

    /** Whether a pattern may be looked for once more. */
    boolean affordsSearch() {
        searches -= Math.min(1, searches);
        return searches > 0;
    }
}

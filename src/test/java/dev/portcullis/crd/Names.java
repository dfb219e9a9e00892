package dev.portcullis.crd;

/** The forms of names. */
final class Names {
    static final String LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";
    static final int LONGEST_LABEL = 63;
    static final int LONGEST_NAME = 253;
    static final int LONGEST_TEXT = 1_000;
    static final int LONGEST_EXPRESSION = 10_000;

    private Names() {}
}

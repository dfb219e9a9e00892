package dev.portcullis.docker.run;

/**
 * A flag as it was given.
 *
 * @param kept the flags of one letter that stand before it in its word, with their dash; else empty
 * @param start where it begins in the text, those before it included
 * @param end where it and its value end
 */
record Given(Script script, Flag flag, String value, String kept, int start, int end) {
    /** The flag as it is spelled there. */
    String spelled() {
        String text = script.text();
        return text.startsWith("--", start) || flag.letter() == 0 ? flag.spelled() : "-" + flag.letter();
    }

    RunLineException refuse(String problem, String remedy) {
        return script.refuse(start, flag.spelled() + " " + problem, remedy);
    }

    /** Refuses the value, which is shown. */
    RunLineException refuseValue(String remedy) {
        return refuse("is " + RunLineException.quoted(value), remedy);
    }
}

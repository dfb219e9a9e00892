package dev.portcullis.docker.run;

/**
 * A flag of {@code docker run}.
 *
 * @param letter its short form, 0 where it has none
 * @param bool whether it needs no value, and takes none but after an equals sign
 */
record Flag(String name, char letter, boolean bool, Meaning meaning) {
    /** What a flag says of the container. */
    @FunctionalInterface
    interface Meaning {
        void say(Given given, Draft draft) throws RunLineException;
    }

    String spelled() {
        return "--" + name;
    }
}

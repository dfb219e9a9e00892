package dev.portcullis.workload;

/**
 * A variable of a container's environment whose value is written out.
 *
 * @param unknown whether it stands for variables that are not known, its value being the reason
 */
public record EnvironmentVariable(String name, String value, boolean unknown) {
    /** One that is known. */
    public EnvironmentVariable(String name, String value) {
        this(name, value, false);
    }

    /** What is shown in place of a value. */
    public static final String REDACTED = "(redacted)";

    /**
     * Stands for variables that are not known where they are judged.
     *
     * @param why the reason
     */
    public static EnvironmentVariable unknown(String why) {
        return new EnvironmentVariable("", why, true);
    }

    /** Without the value, which may be a secret. */
    @Override
    public String toString() {
        return name;
    }
}

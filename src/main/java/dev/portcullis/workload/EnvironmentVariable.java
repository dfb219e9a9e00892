package dev.portcullis.workload;

/** A variable of a container's environment whose value is written out. */
public record EnvironmentVariable(String name, String value) {
    /** What is shown in place of a value. */
    public static final String REDACTED = "(redacted)";

    /** Without the value, which may be a secret. */
    @Override
    public String toString() {
        return name;
    }
}

package dev.portcullis.seccomp;

import java.util.Optional;

/** What is done about a system call. */
public enum Action {
    /** The process ends. */
    KILL_PROCESS("SCMP_ACT_KILL_PROCESS", "kills the process", false),
    /** The thread ends. */
    KILL_THREAD("SCMP_ACT_KILL_THREAD", "kills the thread", false),
    /** The older name of {@link #KILL_THREAD}. */
    KILL("SCMP_ACT_KILL", "kills the thread", false),
    /** The process is sent SIGSYS. */
    TRAP("SCMP_ACT_TRAP", "sends SIGSYS", false),
    /** It fails. */
    ERRNO("SCMP_ACT_ERRNO", "fails", false),
    /** A tracer decides. */
    TRACE("SCMP_ACT_TRACE", "is left to a tracer", true),
    /** An agent decides. */
    NOTIFY("SCMP_ACT_NOTIFY", "is left to an agent", true),
    /** It is allowed, and logged. */
    LOG("SCMP_ACT_LOG", "is allowed and logged", true),
    /** It is allowed. */
    ALLOW("SCMP_ACT_ALLOW", "is allowed", true);

    private final String text;
    private final String words;
    private final boolean lets;

    Action(String text, String words, boolean lets) {
        this.text = text;
        this.words = words;
        this.lets = lets;
    }

    /** By the name that profiles give it. */
    public static Optional<Action> of(String text) {
        for (Action action : values()) {
            if (action.text.equals(text)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }

    /** As profiles name it. */
    public String text() {
        return text;
    }

    /** As a person would say it of a system call. */
    public String words() {
        return words;
    }

    /** Whether a call may be carried out after it. */
    public boolean lets() {
        return lets;
    }
}

package dev.portcullis.docker.run;

import java.util.List;
import java.util.Locale;

/** Flags for what runs in the container. */
final class ProcessFlags {
    private static final String WHITE_SPACE = " \t\n\u000B\f\r";
    private static final int MOST_RETRIES = Integer.MAX_VALUE;

    private ProcessFlags() {}

    /** Streams of the client's: nothing of the container's but whether its input is open. */
    static void attach(Given given, Draft draft) throws RunLineException {
        String stream = given.value().toLowerCase(Locale.ROOT);
        if (!List.of("stdin", "stdout", "stderr").contains(stream)) {
            throw given.refuseValue("write stdin, stdout or stderr");
        }
        draft.note(given);
        String field = "Attach" + Character.toUpperCase(stream.charAt(0)) + stream.substring(1);
        draft.set(field.replace("stdin", "Stdin"), Draft.NODES.booleanNode(true), given);
    }

    static void variable(Given given, Draft draft) throws RunLineException {
        FlagValues.Pair variable = FlagValues.Pair.of(given.value(), '=');
        if (variable.name().isEmpty()) {
            throw given.refuse("names no variable", "write NAME=value");
        }
        String unknown = variable.complete() ? null : "-e without a value takes it from where the command is run";
        draft.keyed("Env", variable.name(), Draft.NODES.stringNode(given.value()), unknown, given);
    }

    /** What it holds comes before all that is said with {@code --env}. */
    static void variablesOfFile(Given given, Draft draft) {
        draft.addUnknown("Env", "", "--env-file is a file, which is not read here", given);
    }

    static void label(Given given, Draft draft) throws RunLineException {
        FlagValues.Pair label = FlagValues.Pair.of(given.value(), '=');
        String name = label.name().replaceFirst("^[" + WHITE_SPACE + "]+", "");
        if (name.isEmpty() || name.chars().anyMatch(c -> WHITE_SPACE.indexOf(c) >= 0)) {
            throw given.refuseValue("write name=value, the name without blanks");
        }
        draft.member("Labels", label.name(), Draft.NODES.stringNode(label.value()), given);
    }

    static void restart(Given given, Draft draft) throws RunLineException {
        FlagValues.Pair policy = FlagValues.Pair.of(given.value(), ':');
        if (policy.complete() && policy.name().isEmpty()) {
            throw given.refuseValue("write no, always, unless-stopped or on-failure:5");
        }
        long retries =
                policy.value().isEmpty() ? 0 : FlagValues.whole(given, policy.value(), -MOST_RETRIES, MOST_RETRIES);
        draft.set("HostConfig/RestartPolicy/Name", Draft.NODES.stringNode(policy.name()), given);
        draft.set("HostConfig/RestartPolicy/MaximumRetryCount", Draft.NODES.numberNode(retries), given);
    }
}

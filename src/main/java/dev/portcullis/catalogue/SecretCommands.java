package dev.portcullis.catalogue;

import dev.portcullis.workload.BuildCommand;
import dev.portcullis.workload.Printable;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Secrets on the command lines of a build. */
final class SecretCommands {
    private static final Set<String> FETCHERS = Set.of("curl", "wget", "http", "https");
    private static final Set<String> USER_OPTIONS = Set.of("-u", "--user", "--proxy-user", "-U");

    private static final int LONGEST_NAME = 60;

    private SecretCommands() {}

    /** What is wrong with a step, without the secret; null where none is seen. */
    static @Nullable String state(BuildCommand run) {
        for (String text : run.texts()) {
            String kind = SecretValue.kind(text);
            if (kind != null) {
                return "has a text that holds " + kind;
            }
        }
        for (List<String> command : ShellCommands.of(run)) {
            for (int i = 0; i < command.size(); i++) {
                String state = state(command, i);
                if (state != null) {
                    return state;
                }
            }
        }
        return null;
    }

    private static @Nullable String state(List<String> command, int at) {
        String word = command.get(at);
        String kind = SecretValue.kind(word);
        if (kind != null) {
            return "has a command that holds " + kind;
        }
        String program = command.getFirst();
        String next = at + 1 < command.size() ? command.get(at + 1) : "";
        boolean fetches = FETCHERS.contains(program.substring(program.lastIndexOf('/') + 1));
        if (fetches && hasPassword(word, next)) {
            return "gives " + program + " a password";
        }
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        boolean option = word.startsWith("--");
        if ((equals < 0 && !option) || !SecretName.matches(name)) {
            return null;
        }
        String value = equals < 0 ? next : word.substring(equals + 1);
        return isSecret(value)
                ? "gives a value to " + Printable.text(name, LONGEST_NAME) + ", by its name a secret"
                : null;
    }

    private static boolean hasPassword(String word, String next) {
        String given = null;
        if (USER_OPTIONS.contains(word)) {
            given = next;
        } else if (word.startsWith("--user=")) {
            given = word.substring("--user=".length());
        } else if (word.startsWith("-u") && !word.startsWith("--")) {
            given = word.substring(2);
        }
        int colon = given == null ? -1 : given.indexOf(':');
        return given != null && colon >= 0 && isSecret(given.substring(colon + 1));
    }

    /** A value that is written out: no reference to another, no output of a command, no option. */
    private static boolean isSecret(String value) {
        return !value.isEmpty()
                && !value.startsWith("-")
                && value.indexOf('$') < 0
                && value.indexOf('`') < 0
                && !SecretValue.isHarmless(value);
    }
}

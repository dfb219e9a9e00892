package dev.portcullis.docker.dockerfile;

import dev.portcullis.document.Position;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One instruction.
 *
 * @param written its keyword as it is written
 * @param flags such as {@code --mount=type=cache}, quotes taken away
 * @param arguments as BuildKit's parser splits them: of ENV and LABEL a name, a value and {@code =} in turn
 * @param json whether the arguments were a JSON array, the exec form
 * @param trigger what an ONBUILD holds for the build to come
 * @param position of its keyword
 */
record Instruction(
        String written,
        List<String> flags,
        List<String> arguments,
        boolean json,
        List<Heredoc> heredocs,
        @Nullable Instruction trigger,
        Position position) {

    /** Its keyword in upper case. */
    String keyword() {
        return GoSpace.lower(written).toUpperCase(Locale.ROOT);
    }

    /** Whether texts may follow it. */
    boolean takesHeredocs() {
        Instruction acting = keyword().equals("ONBUILD") && trigger != null ? trigger : this;
        return switch (acting.keyword()) {
            case "ADD", "COPY", "RUN" -> !acting.json;
            default -> false;
        };
    }

    Instruction with(List<Heredoc> texts) {
        return new Instruction(written, flags, arguments, json, texts, trigger, position);
    }

    /** The value of a flag, null where it is not given. */
    @Nullable String flag(String name) {
        String start = "--" + name;
        for (String flag : flags) {
            if (flag.equals(start)) {
                return "";
            }
            if (flag.startsWith(start + "=")) {
                return flag.substring(start.length() + 1);
            }
        }
        return null;
    }

    /** The arguments in one, as the shell form is read. */
    String line() {
        return String.join(" ", arguments);
    }
}

package dev.portcullis.docker;

import dev.portcullis.docker.compose.ComposeException;
import dev.portcullis.docker.compose.Value;
import dev.portcullis.docker.compose.Value.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Commands that Docker Compose runs in a service's container: after it started, before it stops, when files change. */
final class ComposeCommands {
    /** {@code root}, or what Go's Atoi takes for 0, with a group or without; no name before a colon is user 0. */
    private static final Pattern ROOT = Pattern.compile("(?:root|[+-]?0+)(?::.*)?|:.*", Pattern.DOTALL);

    private ComposeCommands() {}

    /** What each of them says of something; unknown where it cannot be told which there are. */
    static List<Value> each(Value service, String key) throws ComposeException {
        List<Value> commands = new ArrayList<>();
        add(service.member("post_start"), commands);
        add(service.member("pre_stop"), commands);
        List<Value> watched = new ArrayList<>();
        add(service.at("develop", "watch"), watched);
        watched.forEach(watch -> commands.add(watch.is(Kind.UNKNOWN) ? watch : watch.member("exec")));
        List<Value> said = new ArrayList<>();
        commands.forEach(command -> said.add(command.is(Kind.UNKNOWN) ? command : command.member(key)));
        return said;
    }

    private static void add(Value list, List<Value> commands) throws ComposeException {
        commands.addAll(list.is(Kind.UNKNOWN) ? List.of(list) : ComposeBody.elements(list));
    }

    static boolean isRoot(String user) {
        return ROOT.matcher(user).matches();
    }
}

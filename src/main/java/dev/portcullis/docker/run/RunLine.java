package dev.portcullis.docker.run;

import dev.portcullis.check.Fix;
import dev.portcullis.docker.DockerReader;
import dev.portcullis.docker.MalformedBodyException;
import dev.portcullis.document.Position;
import dev.portcullis.document.Positions;
import dev.portcullis.workload.Workload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A {@code docker run} or {@code docker create} as it is typed, and the body that the client would send for it. */
public final class RunLine {
    private final Script script;
    private final Command command;
    private final Draft draft;

    private RunLine(Script script, Command command, Draft draft) {
        this.script = script;
        this.command = command;
        this.draft = draft;
    }

    /**
     * Reads a command. Files that it names are not read: what they hold is not known then.
     *
     * @param utf8 at most 32 KiB
     * @throws RunLineException where a shell or the client would not take it, where only a running shell knows what it says,
     *     or where it is beyond the bounds of this reader
     */
    public static RunLine read(byte[] utf8) throws RunLineException {
        return read(Script.of(utf8));
    }

    static RunLine read(Script script) throws RunLineException {
        Command command = Command.read(script);
        Draft draft = new Draft();
        for (Given given : command.flags()) {
            given.flag().meaning().say(given, draft);
        }
        Together.finish(command, draft);
        return new RunLine(script, command, draft);
    }

    /** Whether a text can only be such a command: the first bytes of any other kind of document tell at once. */
    public static boolean recognizes(byte[] utf8) {
        return Recognition.recognizes(utf8);
    }

    /** The container's name, null where the engine makes one up. */
    public @Nullable String name() {
        return draft.name();
    }

    /** The body of the create request, without what is as it is where nothing is said. */
    public ObjectNode body() {
        return draft.body();
    }

    /** Where each value of the body is said. */
    public Positions positions() {
        return this::position;
    }

    private @Nullable Position position(String pointer) {
        return switch (pointer) {
            case "" -> script.position(command.start());
            case "/Image" -> script.position(command.image().start());
            default -> {
                List<Given> given = origins(pointer);
                yield given.isEmpty() ? null : script.position(given.getLast().start());
            }
        };
    }

    /**
     * The container that comes of it.
     *
     * @throws MalformedBodyException where the engine would not take it
     */
    public Workload workload() throws MalformedBodyException {
        return DockerReader.read(draft.body(), draft.name(), draft.unknown());
    }

    /** The command itself, as it was written. */
    public String text() {
        return script.text();
    }

    /** The same command with flags put in, changed or left out; empty where flags cannot say what a fix asks for. */
    public Optional<RunLine> mended(Fix fix) {
        return Mending.mend(this, fix.edits());
    }

    /**
     * The same command with variables passed on from where it is run, in place of their values.
     *
     * @param pointers of the values; those that no flag says stay
     * @return empty where the command would be too long
     */
    public Optional<RunLine> withoutValues(List<String> pointers) {
        return Mending.withoutValues(this, pointers);
    }

    Command command() {
        return command;
    }

    List<Given> origins(String pointer) {
        return draft.origins().getOrDefault(pointer, List.of());
    }

    /** The command with a text in place of another. */
    Optional<RunLine> reread(String text) {
        try {
            return Optional.of(read(text.getBytes(StandardCharsets.UTF_8)));
        } catch (RunLineException unreadable) {
            return Optional.empty();
        }
    }
}

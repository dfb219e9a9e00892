package dev.portcullis.docker.dockerfile;

import dev.portcullis.document.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes a Dockerfile apart as BuildKit's parser does, in time that grows with its length. Read are at most 1 MiB, lines of
 * 64 KiB and {@value #MOST_INSTRUCTIONS} instructions, in UTF-8.
 */
final class DockerfileParser {
    static final int MOST_INSTRUCTIONS = 10_000;

    private final SourceLines lines;
    private final Directives directives = new Directives();
    private final List<Instruction> instructions = new ArrayList<>();

    private DockerfileParser(SourceLines lines) {
        this.lines = lines;
    }

    /** What a text holds, and the character that escapes in it. */
    record Parsed(List<Instruction> instructions, char escape) {}

    static Parsed parse(byte[] utf8) throws DockerfileException {
        DockerfileParser parser = new DockerfileParser(SourceLines.of(utf8));
        parser.read();
        if (parser.instructions.isEmpty()) {
            throw new DockerfileException(
                    "file with no instructions",
                    new Position(Math.max(1, parser.lines.number()), 1),
                    "begin with FROM and an image");
        }
        return new Parsed(List.copyOf(parser.instructions), parser.directives.escape());
    }

    private void read() throws DockerfileException {
        while (lines.hasNext()) {
            String whole = SourceLines.withoutEnd(lines.next());
            String line = GoSpace.trimLeft(whole);
            Position position =
                    new Position(lines.number(), whole.codePointCount(0, whole.length() - line.length()) + 1);
            try {
                directives.see(line);
                String logical = line.startsWith("#") ? "" : logicalLine(line);
                if (!logical.isEmpty() || (!line.isEmpty() && !line.startsWith("#"))) {
                    keep(logical, position);
                }
            } catch (Misread misread) {
                throw new DockerfileException(misread.problem(), position, misread.remedy());
            }
        }
    }

    /** A line and those that continue it; comments and empty lines between them do not count. */
    private String logicalLine(String first) {
        int end = directives.continuation(first);
        if (end < 0) {
            return first;
        }
        StringBuilder logical = new StringBuilder(first).delete(end, first.length());
        while (end >= 0 && lines.hasNext()) {
            String line = SourceLines.withoutEnd(lines.next());
            String start = GoSpace.trimLeft(line);
            if (start.isEmpty() || start.startsWith("#")) {
                continue;
            }
            end = directives.continuation(line);
            logical.append(line, 0, end < 0 ? line.length() : end);
        }
        return logical.toString();
    }

    private void keep(String line, Position position) throws Misread, DockerfileException {
        if (instructions.size() == MOST_INSTRUCTIONS) {
            throw Misread.beyond("more than " + MOST_INSTRUCTIONS + " instructions", "split the build");
        }
        Instruction instruction = instruction(line, position);
        if (instruction.takesHeredocs() && line.contains("<<")) {
            List<Heredoc> texts = new ArrayList<>();
            for (Heredoc heredoc : Heredocs.announced(line)) {
                texts.add(heredoc.with(text(heredoc)));
            }
            instruction = instruction.with(List.copyOf(texts));
        }
        instructions.add(instruction);
    }

    private String text(Heredoc heredoc) throws Misread {
        StringBuilder content = new StringBuilder();
        while (lines.hasNext()) {
            String line = lines.next();
            String end = SourceLines.withoutEnd(line);
            if (heredoc.chomp()) {
                end = withoutTabs(end);
            }
            if (end.equals(heredoc.name())) {
                return content.toString();
            }
            content.append(line);
        }
        throw new Misread("unterminated heredoc", "end the text with a line that is only its name");
    }

    private static String withoutTabs(String line) {
        int start = 0;
        while (start < line.length() && line.charAt(start) == '\t') {
            start++;
        }
        return line.substring(start);
    }

    private Instruction instruction(String line, Position position) throws Misread {
        List<String> parts = GoSpace.split(GoSpace.trim(line), 2);
        String written = parts.getFirst();
        FlagReader.Split split = parts.size() == 1
                ? new FlagReader.Split(List.of(), "")
                : FlagReader.read(parts.get(1), directives.escape());
        String rest = GoSpace.trim(split.rest());
        String keyword = GoSpace.lower(written).toUpperCase(Locale.ROOT);
        if (keyword.equals("ONBUILD")) {
            return onBuild(written, split.flags(), rest, position);
        }
        ArgumentReader.Arguments arguments = ArgumentReader.read(keyword, rest, directives.escape());
        return new Instruction(written, split.flags(), arguments.list(), arguments.json(), List.of(), null, position);
    }

    private Instruction onBuild(String written, List<String> flags, String rest, Position position) throws Misread {
        if (rest.isEmpty()) {
            return new Instruction(written, flags, List.of(), false, List.of(), null, position);
        }
        String first = GoSpace.split(rest, 2).getFirst();
        if (GoSpace.lower(first).equals("onbuild")) {
            throw new Misread("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed", "write ONBUILD once");
        }
        Instruction trigger = instruction(rest, position);
        List<String> arguments = new ArrayList<>();
        arguments.add(trigger.written());
        arguments.addAll(trigger.arguments());
        return new Instruction(written, flags, List.copyOf(arguments), false, List.of(), trigger, position);
    }
}

package dev.portcullis.docker.dockerfile;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What must hold of each instruction, and of their order, before a build begins. */
final class InstructionRules {
    private static final Pattern STAGE = Pattern.compile("[a-z][a-z0-9-_.]*+");

    private InstructionRules() {}

    static void check(List<Instruction> instructions) throws DockerfileException {
        boolean inStage = false;
        for (Instruction instruction : instructions) {
            try {
                check(instruction);
                inStage |= instruction.keyword().equals("FROM");
                if (!inStage && !instruction.keyword().equals("ARG")) {
                    throw new Misread("no build stage in current context", "begin with FROM; only ARG may come before");
                }
            } catch (Misread misread) {
                throw new DockerfileException(misread.problem(), instruction.position(), misread.remedy());
            }
        }
        if (!inStage) {
            throw new DockerfileException(
                    "dockerfile contains no stages to build",
                    instructions.getLast().position(),
                    "add FROM and an image");
        }
    }

    private static void check(Instruction instruction) throws Misread {
        String keyword = instruction.keyword();
        List<String> arguments = instruction.arguments();
        switch (keyword) {
            case "ENV", "LABEL" -> pairs(keyword, arguments);
            case "MAINTAINER", "WORKDIR", "USER", "STOPSIGNAL" ->
                require(arguments.size() == 1, keyword + " requires exactly one argument", "write one");
            case "ADD", "COPY" -> copy(keyword, arguments);
            case "FROM" -> from(arguments);
            case "ONBUILD" -> onBuild(instruction);
            case "HEALTHCHECK" -> health(instruction);
            case "EXPOSE", "VOLUME", "ARG" -> {
                require(!arguments.isEmpty(), keyword + " requires at least one argument", "write one");
                boolean blank = keyword.equals("VOLUME")
                        && arguments.stream().anyMatch(one -> GoSpace.trim(one).isEmpty());
                require(!blank, "VOLUME specified can not be an empty string", "name a directory");
                boolean nameless = keyword.equals("ARG") && arguments.stream().anyMatch(one -> one.startsWith("="));
                require(!nameless, "ARG names can not be blank", "write ARG name=value");
            }
            case "SHELL" ->
                require(
                        instruction.json() && !arguments.isEmpty(),
                        "SHELL requires the arguments to be in JSON form",
                        "write SHELL [\"/bin/sh\", \"-c\"]");
            case "RUN", "CMD", "ENTRYPOINT" -> {
                // any arguments will do
            }
            default ->
                throw new Misread(
                        "unknown instruction: " + instruction.written(),
                        Keywords.didYouMean(
                                keyword,
                                Keywords.ALL,
                                "begin each instruction with its keyword, and end a"
                                        + " line that goes on with the escape character"));
        }
        boolean none = keyword.equals("HEALTHCHECK") && arguments.size() == 1;
        if (!keyword.equals("ARG") && !keyword.equals("STOPSIGNAL") && !none) {
            FlagRules.check(instruction);
        }
    }

    private static void require(boolean holds, String problem, String remedy) throws Misread {
        if (!holds) {
            throw new Misread(problem, remedy);
        }
    }

    private static void pairs(String keyword, List<String> arguments) throws Misread {
        require(!arguments.isEmpty(), keyword + " requires at least one argument", "write " + keyword + " name=value");
        for (int i = 0; i < arguments.size(); i += 3) {
            require(!arguments.get(i).isEmpty(), keyword + " names can not be blank", "write name=value");
        }
    }

    private static void copy(String keyword, List<String> arguments) throws Misread {
        require(arguments.size() >= 2, keyword + " requires at least two arguments", "write what, then where to");
        require(
                !Heredocs.isOne(arguments.getLast()),
                keyword + " cannot accept a heredoc as a destination",
                "write the path last");
    }

    private static void from(List<String> arguments) throws Misread {
        boolean named = arguments.size() == 3 && GoSpace.lower(arguments.get(1)).equals("as");
        require(
                named || arguments.size() == 1,
                "FROM requires either one or three arguments",
                "write FROM image or FROM image AS name");
        require(
                !named || STAGE.matcher(GoSpace.lower(arguments.get(2))).matches(),
                "invalid name for build stage",
                "begin with a letter and use letters, digits, -, _ and . only");
    }

    private static void onBuild(Instruction instruction) throws Misread {
        require(
                !instruction.arguments().isEmpty(),
                "ONBUILD requires at least one argument",
                "write the instruction after it");
        String trigger = instruction.arguments().getFirst().toUpperCase(Locale.ROOT);
        require(
                !trigger.equals("FROM") && !trigger.equals("MAINTAINER"),
                trigger + " isn't allowed as an ONBUILD trigger",
                "take it out");
    }

    private static void health(Instruction instruction) throws Misread {
        List<String> arguments = instruction.arguments();
        require(!arguments.isEmpty(), "HEALTHCHECK requires at least one argument", "write CMD and a command, or NONE");
        String type = arguments.getFirst().toUpperCase(Locale.ROOT);
        if (type.equals("NONE")) {
            require(arguments.size() == 1, "HEALTHCHECK NONE takes no arguments", "take them out");
        } else {
            require(type.equals("CMD"), "unknown type in HEALTHCHECK", "write HEALTHCHECK CMD and a command");
            require(arguments.size() > 1, "missing command after HEALTHCHECK CMD", "write one");
        }
    }
}

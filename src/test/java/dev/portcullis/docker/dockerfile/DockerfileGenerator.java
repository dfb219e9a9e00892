package dev.portcullis.docker.dockerfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Dockerfiles from pieces that parsers stumble over, and mutations of them; the same for the same seed. */
final class DockerfileGenerator {
    private static final List<String> LINES = List.of(
            "FROM alpine",
            "from alpine:3.22 as build",
            "FROM --platform=$BUILDPLATFORM golang:1.25 AS Two",
            "FROM a b c",
            "FROM alpine AS 1x",
            "ARG A=1 B=\"two words\" C",
            "ARG =x",
            "ENV a=1 b='x y' c=\\$d \"e f\"=g",
            "ENV old form of value",
            "ENV a",
            "ENV a=1 b",
            "LABEL one=1 \"two three\"=\"4 5\"",
            "RUN echo one && echo two",
            "RUN [\"a\", \"b\\u00e9\"]",
            "RUN ['a']",
            "RUN [\"a\", 1]",
            "RUN [\"a\",]",
            "RUN --mount=type=secret,id=x --network=none curl x",
            "RUN --mount=type=cache,\"target=/a,b\" --mount=from=$x y",
            "RUN --security=none x",
            "RUN --device=a,required=maybe x",
            "RUN --unknown=x y",
            "RUN --network=none --network=host y",
            "RUN <<EOF",
            "RUN <<-EOF cat",
            "RUN cat <<'EOF' >x <<\"A B\"",
            "RUN 3<<EOF python",
            "RUN echo \"<<EOF",
            "RUN echo ${x:-<<EOF}",
            "COPY <<EOF /x",
            "COPY <<-\"EOF\" <<TWO /x/",
            "COPY x <<EOF",
            "COPY --from=build --chown=1:2 --link=false [\"a b\", \"c\"]",
            "COPY --link= a b",
            "COPY --exclude=*.md --exclude=x --parents a b c/",
            "COPY a",
            "ADD --checksum=sha256:x --keep-git-dir=true https://example.com/x /x",
            "ADD --unpack=yes a b",
            "EOF",
            "\tEOF",
            "A B",
            "TWO",
            "# a comment",
            "  # another",
            "#",
            "",
            "   ",
            "\\",
            "`",
            "RUN a \\",
            "RUN a \\  ",
            "RUN a `",
            "RUN a \\\\",
            "  && b \\",
            "  c",
            "USER root",
            "USER",
            "USER a b",
            "WORKDIR /a b",
            "EXPOSE 80 443/tcp",
            "EXPOSE",
            "VOLUME [\"/a\", \" \"]",
            "VOLUME /a /b",
            "SHELL [\"sh\", \"-c\"]",
            "SHELL sh -c",
            "SHELL []",
            "STOPSIGNAL --x SIGTERM",
            "MAINTAINER somebody <x@example.com>",
            "HEALTHCHECK NONE",
            "HEALTHCHECK NONE x",
            "healthcheck --interval=30s --retries=3 CMD [\"a\"]",
            "HEALTHCHECK --interval=1us CMD a",
            "HEALTHCHECK --timeout=1.5h30m --retries=-1 cmd a",
            "HEALTHCHECK CMD",
            "HEALTHCHECK TEST a",
            "CMD [\"a\"] x",
            "CMD",
            "ENTRYPOINT [ ]",
            "ONBUILD RUN <<EOF",
            "ONBUILD COPY --from=x a b",
            "ONBUILD ONBUILD RUN a",
            "ONBUILD from x",
            "onbuild",
            "ONBUILD WHAT x",
            "WHAT x",
            "RNU x",
            "\uFEFFRUN x",
            "RUN -- --x",
            "RUN --mount=\"type=bind\" 'x",
            "\u00a0RUN x\u00a0",
            "RUN\tx\u2003y");
    /** Those that can stand alone below a FROM; without them hardly a text of many lines would be taken. */
    private static final List<String> SOUND = LINES.stream()
            .filter(line -> !line.equals("\\") && isTaken("FROM a\n" + line))
            .toList();

    private static final List<String> HEADS = List.of(
            "# syntax=docker/dockerfile:1\n",
            "# escape=`\n",
            "#Escape = \\ \n",
            "# escape=x\n",
            "# check=skip=all\n# escape=`\n",
            "# escape=`\n# escape=`\n",
            "# x=y\n# escape=`\n",
            "\n# escape=`\n",
            "\uFEFF# escape=`\n");
    private static final String PIECES = "\\`\"'$<>[]{}=-# \t\n\r,:EOF\u00e9\u00a0\u0085\u212a";

    private final Random random;

    DockerfileGenerator(long seed) {
        random = new Random(seed);
    }

    static Stream<String> each() {
        return LINES.stream()
                .flatMap(line -> Stream.of("FROM a\n" + line + "\n", line, "FROM a\n" + line + "\nx\nEOF\nTWO\n"));
    }

    String next() {
        String head = random.nextInt(4) == 0 ? pick(HEADS) : "";
        boolean sound = random.nextInt(4) != 0;
        String lines = Stream.generate(() -> pick(sound ? SOUND : LINES))
                .limit(1 + random.nextInt(6))
                .collect(Collectors.joining(random.nextInt(5) == 0 ? "\r\n" : "\n"));
        String text = head
                + (random.nextInt(8) == 0 ? "" : "FROM alpine\n")
                + lines
                + (random.nextBoolean() ? "\n" : "")
                + (random.nextInt(3) == 0 ? "\nEOF\n" : "");
        return !text.isEmpty() && random.nextInt(3) == 0 ? mutated(text) : text;
    }

    private String mutated(String text) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = 0; i <= random.nextInt(3); i++) {
            int at = random.nextInt(mutated.length());
            char piece = PIECES.charAt(random.nextInt(PIECES.length()));
            switch (random.nextInt(3)) {
                case 0 -> mutated.insert(at, piece);
                case 1 -> mutated.setCharAt(at, piece);
                default -> mutated.deleteCharAt(at);
            }
            if (mutated.isEmpty()) {
                return "";
            }
        }
        return mutated.toString();
    }

    /** A word with quotes, escapes and variables. */
    String word() {
        List<String> parts = List.of(
                "$A",
                "${A}",
                "${B:-x}",
                "${A:+y}",
                "${E:-d}",
                "${E-d}",
                "${C?no}",
                "${A#*l}",
                "${A##*l}",
                "${A%l*}",
                "${A%%l*}",
                "${A/l/L}",
                "${A//l/L}",
                "\"",
                "'",
                "\\",
                "\\$",
                "a b",
                "<",
                "<<EOF",
                "${",
                "}",
                "$",
                "${A:x}",
                "é",
                "${A:-${B:-${E}}}",
                "$1",
                "$-",
                "`");
        return Stream.generate(() -> pick(parts)).limit(1 + random.nextInt(5)).collect(Collectors.joining());
    }

    private static boolean isTaken(String text) {
        try {
            InstructionRules.check(DockerfileParser.parse(text.getBytes(UTF_8)).instructions());
            return true;
        } catch (DockerfileException refused) {
            return false;
        }
    }

    private String pick(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}

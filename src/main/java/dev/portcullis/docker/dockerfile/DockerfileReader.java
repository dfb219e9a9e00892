package dev.portcullis.docker.dockerfile;

import dev.portcullis.document.Position;
import dev.portcullis.document.Positions;
import dev.portcullis.workload.ImageBuild;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads Dockerfiles. */
public final class DockerfileReader {
    private DockerfileReader() {}

    /**
     * A Dockerfile.
     *
     * @param positions of its instructions, by the pointers of their paths
     */
    public record Dockerfile(ImageBuild build, Positions positions) {}

    /**
     * Reads one as BuildKit does; what depends on values that only the build knows is left open in it.
     *
     * @param utf8 at most 1 MiB
     * @throws DockerfileException where no build would take it, or it is beyond the bounds of the parser
     */
    public static Dockerfile read(byte[] utf8) throws DockerfileException {
        DockerfileParser.Parsed parsed = DockerfileParser.parse(utf8);
        List<Instruction> instructions = parsed.instructions();
        InstructionRules.check(instructions);
        ImageBuild build = new BuildReader(parsed.escape()).read(instructions);
        Map<String, Position> positions = new HashMap<>();
        positions.put("", instructions.getFirst().position());
        for (int i = 0; i < instructions.size(); i++) {
            positions.put("/" + i, instructions.get(i).position());
        }
        return new Dockerfile(build, positions::get);
    }

    /** Whether a text that is not named can only be a Dockerfile: its first line that counts is an instruction of one. */
    public static boolean recognizes(byte[] utf8) {
        return Recognition.recognizes(utf8);
    }
}

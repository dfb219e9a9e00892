package dev.portcullis.docker.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/** Why a line is refused. */
final class Refused {
    private Refused() {}

    static Optional<String> by(String line) {
        try {
            RunLine.read(line.getBytes(UTF_8));
            return Optional.empty();
        } catch (RunLineException refused) {
            return Optional.of(refused.getMessage());
        }
    }
}

package dev.portcullis.console;

import dev.portcullis.http.Body;
import dev.portcullis.http.BodyReader;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.MediaTypes;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.resource.PolicyException;
import dev.portcullis.resource.PolicyFiles;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Policies that somebody sends to have them tried. */
record Candidates(BodyReader bodies) {
    private static final int BAD_REQUEST = 400;

    /** Those of a body, which must hold some. */
    PolicySet require(HttpServletRequest request) throws HttpError, IOException {
        return parsed(sent(request));
    }

    /** The same; empty where the body is. */
    Optional<PolicySet> read(HttpServletRequest request) throws HttpError, IOException {
        byte[] text = sent(request);
        return text.length == 0 ? Optional.empty() : Optional.of(parsed(text));
    }

    private byte[] sent(HttpServletRequest request) throws HttpError, IOException {
        MediaTypes.requireUncompressed(request);
        try (Body body = bodies.read(request)) {
            return switch (body) {
                case Body.Whole whole -> whole.bytes();
                case Body.Refused refused -> throw new HttpError(refused.code(), refused.message());
            };
        }
    }

    private static PolicySet parsed(byte[] text) throws HttpError {
        try {
            return PolicyFiles.parse("candidate", text, Set.of());
        } catch (PolicyException wrong) {
            throw new HttpError(BAD_REQUEST, wrong.getMessage());
        }
    }
}

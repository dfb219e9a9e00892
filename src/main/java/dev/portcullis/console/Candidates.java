package dev.portcullis.console;

import dev.portcullis.history.History;
import dev.portcullis.http.Body;
import dev.portcullis.http.BodyReader;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.MediaTypes;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.resource.PolicyException;
import dev.portcullis.resource.PolicyFiles;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to have tried in place of what is in force: policies that they send, each in place of the one of its name, or all
 * of a version that was in force.
 */
record Candidates(BodyReader bodies, History history) {
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;

    /** What would be in force; there must be something to try. */
    PolicySet require(HttpServletRequest request, @Nullable String version, PolicySet inForce)
            throws HttpError, IOException {
        byte[] text = sent(request, version);
        return version == null ? inForce.replacedBy(parsed("candidate", text, Set.of())) : kept(version, inForce);
    }

    /** The same; empty where nothing is to be tried. */
    Optional<PolicySet> read(HttpServletRequest request, @Nullable String version, PolicySet inForce)
            throws HttpError, IOException {
        byte[] text = sent(request, version);
        if (version != null) {
            return Optional.of(kept(version, inForce));
        }
        return text.length == 0
                ? Optional.empty()
                : Optional.of(inForce.replacedBy(parsed("candidate", text, Set.of())));
    }

    private byte[] sent(HttpServletRequest request, @Nullable String version) throws HttpError, IOException {
        MediaTypes.requireUncompressed(request);
        try (Body body = bodies.read(request)) {
            byte[] text = switch (body) {
                case Body.Whole whole -> whole.bytes();
                case Body.Refused refused -> throw new HttpError(refused.code(), refused.message());
            };
            if (version != null && text.length > 0) {
                throw new HttpError(BAD_REQUEST, "version and a body exclude one another: leave one of them out");
            }
            return text;
        }
    }

    private PolicySet kept(String version, PolicySet inForce) throws HttpError {
        if (Asking.sight().namespaces() != null) {
            throw new HttpError(FORBIDDEN, "version is for those who see all namespaces: send a policy instead");
        }
        if (version.equals(inForce.version())) {
            return inForce;
        }
        Snapshot snapshot = Snapshot.kept(history, version);
        if (snapshot.documents().isEmpty()) {
            throw new HttpError(
                    CONFLICT,
                    "no document of this version is kept: it is what is built in, or over 4 MiB; send its policies instead");
        }
        byte[] documents = snapshot.yaml().getBytes(StandardCharsets.UTF_8);
        return parsed("version", documents, inForce.exemptionNamespaces()).named(version);
    }

    private static PolicySet parsed(String name, byte[] text, Set<String> exemptionNamespaces) throws HttpError {
        try {
            return PolicyFiles.parse(name, text, exemptionNamespaces);
        } catch (PolicyException wrong) {
            throw new HttpError(BAD_REQUEST, wrong.getMessage());
        }
    }
}

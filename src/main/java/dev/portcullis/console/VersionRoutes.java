package dev.portcullis.console;

import dev.portcullis.history.History;
import dev.portcullis.history.PolicyVersion;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.Port;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** The versions of the policies that were in force, and what is different from one to another. */
public final class VersionRoutes {
    private final History history;

    /** Routes that tell what a history keeps. */
    public VersionRoutes(History history) {
        this.history = history;
    }

    /** The routes, for those who see all. */
    public List<HttpRoute> routes() {
        return List.of(
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/policies/versions", this::list),
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/policies/version", this::one),
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/policies/diff", this::diff));
    }

    private record Versions(List<PolicyVersion> versions) {}

    private void list(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters.of(request.getQueryString(), false);
        Answer.asked(response, () -> new Versions(history.policyVersions()));
    }

    private record One(String version, String documents, boolean whole, Object checks) {}

    private void one(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters parameters = Parameters.of(request.getQueryString(), false, "version");
        String version = parameters.required("version");
        Snapshot snapshot = Snapshot.kept(history, version);
        Answer.json(response, new One(version, snapshot.yaml(), snapshot.whole(), snapshot.asked()));
    }

    private void diff(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters parameters = Parameters.of(request.getQueryString(), false, "from", "to");
        String from = parameters.required("from");
        String to = parameters.required("to");
        Answer.json(response, Changes.between(from, Snapshot.kept(history, from), to, Snapshot.kept(history, to)));
    }
}

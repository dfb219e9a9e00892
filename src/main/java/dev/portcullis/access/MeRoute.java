package dev.portcullis.access;

import dev.portcullis.http.HttpError;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.Port;
import dev.portcullis.http.Reply;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import tools.jackson.databind.json.JsonMapper;

/** Tells those who ask who they are, what they may see, and with what they change something. */
public final class MeRoute {
    static final String PATH = "/api/v1/me";
    private static final int OK = 200;

    private final List<String> logins;

    /** A route that names the ways to log in. */
    public MeRoute(List<String> logins) {
        this.logins = logins;
    }

    /** The route, for whoever is known. */
    public HttpRoute route() {
        return new HttpRoute(Port.CONSOLE, "GET", PATH, this::tell);
    }

    private record Csrf(String header, String token) {}

    /**
     * The answer.
     *
     * @param namespaces null for all
     * @param csrf null for a bearer, who needs none
     */
    private record Me(
            String name,
            String role,
            @Nullable Set<String> namespaces,
            @Nullable Csrf csrf,
            List<String> logins) {}

    private void tell(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        if (request.getQueryString() != null) {
            throw new HttpError(Refusals.BAD_REQUEST, "the query may have nothing");
        }
        Person person = Person.asking();
        Me me = new Me(person.name(), person.role().id(), person.namespaces(), csrf(request), logins);
        // The length of what is compressed would tell of the token, beside text that somebody else chose (BREACH).
        response.setHeader("Content-Encoding", "identity");
        Reply.json(response, OK, JsonMapper.shared().writeValueAsBytes(me));
    }

    private static @Nullable Csrf csrf(HttpServletRequest request) {
        boolean bySession = !Bearer.isShown(request) && request.getSession(false) != null;
        return bySession && request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
                ? new Csrf(token.getHeaderName(), token.getToken())
                : null;
    }
}

package dev.portcullis.access;

import dev.portcullis.http.ErrorBody;
import dev.portcullis.http.Reply;
import dev.portcullis.http.UnwantedBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** What those read who are not let in: errors as all others, no page, no redirect and no browser's own window. */
final class Refusals
        implements AuthenticationEntryPoint, AccessDeniedHandler, AuthenticationFailureHandler, RequestRejectedHandler {
    static final int BAD_REQUEST = 400;
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int TOO_MANY = 429;
    static final int UNAVAILABLE = 503;
    static final String SHOW =
            "show who you are: log in, or send Authorization: Bearer TOKEN with the console's admin token"
                    + " or one that it knows";

    private final List<String> logins;
    private final Audit audit;

    /**
     * Refusals that name the ways to log in.
     *
     * @param logins {@code token}, {@code oidc}
     */
    Refusals(List<String> logins, Audit audit) {
        this.logins = logins;
        this.audit = audit;
    }

    /** Nobody knows who asks. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException unknown)
            throws IOException {
        refuse(request, response, UNAUTHORIZED, SHOW);
    }

    /** Who asks may not. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        refuse(request, response, FORBIDDEN, why(denied));
    }

    private static String why(AccessDeniedException denied) {
        if (denied instanceof CsrfException) {
            return "a request by cookie must have the header that /api/v1/me names under csrf, with the token from there";
        }
        return denied instanceof AuthorizationDeniedException told
                        && told.getAuthorizationResult() instanceof Rights.Verdict verdict
                ? verdict.why()
                : "you may not do this";
    }

    /** Who asks shows what is not accepted. */
    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        RefusedException refused = refusal(failure);
        audit.refused(request, refused);
        if (refused.retryAfter() > 0) {
            response.setHeader("Retry-After", Long.toString(refused.retryAfter()));
        }
        refuse(request, response, refused.status(), refused.sentence());
    }

    /** The reason that is told. */
    static RefusedException refusal(AuthenticationException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedException refused) {
                return refused;
            }
        }
        return OidcRefusals.of(failure);
    }

    /** What is asked is no path of ours in any spelling. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException rejected)
            throws IOException {
        refuse(request, response, BAD_REQUEST, "the request is not one this server answers");
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, int status, String sentence)
            throws IOException {
        if (!UnwantedBody.discard(request)) {
            response.setHeader("Connection", "close");
        }
        String id = ErrorBody.newRequestId();
        if (status == UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"portcullis\"");
            Reply.json(response, status, ErrorBody.unauthorized(sentence, id, logins));
        } else {
            Reply.json(response, status, ErrorBody.of(status, sentence, id));
        }
    }
}

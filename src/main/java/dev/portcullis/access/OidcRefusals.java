package dev.portcullis.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/**
 * What those read whose login by the identity provider fails: browsers the console's page to log in, with the reason as a word in
 * its address that the page knows, so that no address can put a text there; programs an error as all others.
 */
final class OidcRefusals implements AuthenticationFailureHandler {
    private static final int SEE_OTHER = 303;
    private static final String ELSEWHERE = "authorization_request_not_found";
    private static final String DENIED = "access_denied";

    private final Refusals refusals;
    private final Audit audit;

    OidcRefusals(Refusals refusals, Audit audit) {
        this.refusals = refusals;
        this.audit = audit;
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (!showsPages(request)) {
            refusals.onAuthenticationFailure(request, response, failure);
            return;
        }
        RefusedException refused = Refusals.refusal(failure);
        audit.refused(request, refused);
        response.setStatus(SEE_OTHER);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader(
                "Location",
                TokenLoginFilter.PATH + "?refused=" + reason(refused, failure) + "&" + ReturnAddress.PARAMETER + "="
                        + URLEncoder.encode(ReturnAddress.of(request), StandardCharsets.UTF_8));
    }

    private static boolean showsPages(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return request.getMethod().equals("GET") && accept != null && accept.contains("text/html");
    }

    /** The words that pages/login.js knows. */
    private static String reason(RefusedException refused, AuthenticationException failure) {
        return switch (refused.status()) {
            case Refusals.FORBIDDEN -> "groups";
            case Refusals.TOO_MANY -> "throttled";
            case Refusals.UNAVAILABLE -> "away";
            default ->
                switch (code(failure)) {
                    case ELSEWHERE -> "elsewhere";
                    case DENIED -> "denied";
                    default -> "unusable";
                };
        };
    }

    static RefusedException of(AuthenticationException failure) {
        String code = code(failure);
        String why = switch (code) {
            case ELSEWHERE -> "the login has begun elsewhere, or too long ago";
            case DENIED -> "the identity provider has refused the login";
            default ->
                "the identity provider's answer cannot be used"
                        + (code.matches("[a-z_]{1,60}") ? " (" + code + ")" : "");
        };
        return new RefusedException(Refusals.UNAUTHORIZED, why + ": log in again");
    }

    private static String code(AuthenticationException failure) {
        return failure instanceof OAuth2AuthenticationException told
                ? told.getError().getErrorCode()
                : "login_failed";
    }
}

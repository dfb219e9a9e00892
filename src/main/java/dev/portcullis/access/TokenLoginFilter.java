package dev.portcullis.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;

/** {@code POST /login} with the form field {@code token}: begins a session. */
final class TokenLoginFilter extends AbstractAuthenticationProcessingFilter {
    static final String PATH = "/login";

    TokenLoginFilter(Tokens tokens) {
        super((HttpServletRequest request) ->
                request.getRequestURI().equals(PATH) && request.getMethod().equals("POST"));
        setAuthenticationManager(tokens);
    }

    @Override
    public Authentication attemptAuthentication(HttpServletRequest request, HttpServletResponse response) {
        if (request.getQueryString() != null) {
            throw new RefusedException(
                    Refusals.BAD_REQUEST, "send the token in the body: addresses are written down on their way");
        }
        // Nobody is logged in from a page of somebody else's. Programs do not say where they come from.
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin")) {
            throw new RefusedException(Refusals.FORBIDDEN, "log in from the console's own page");
        }
        return getAuthenticationManager().authenticate(new ShownToken(token(request), request.getRemoteAddr(), true));
    }

    private static String token(HttpServletRequest request) {
        String token;
        try {
            token = request.getParameter("token");
        } catch (IllegalStateException unreadable) {
            throw new RefusedException(Refusals.BAD_REQUEST, "the form cannot be read: send token=TOKEN alone");
        }
        if (token == null || token.isBlank()) {
            throw new RefusedException(
                    Refusals.BAD_REQUEST, "send Content-Type: application/x-www-form-urlencoded with the field token");
        }
        return token.strip();
    }
}

package dev.portcullis.access;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * Logins that have begun, until the identity provider sends people back. The session's cookie is not sent with that, which is
 * begun by another site; one that is binds a login to the browser in which it began.
 */
final class LoginRequests implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {
    static final String COOKIE = "__Host-portcullis-login";
    private static final int MOST = 1_000;
    private static final Duration AGE = Duration.ofMinutes(10);

    /** @param next the page that was wanted */
    private record Begun(OAuth2AuthorizationRequest request, String next, long until) {}

    private final InstantSource clock;
    private final Throttle throttle;
    private final Map<String, Begun> begun = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Begun> eldest) {
            return size() > MOST;
        }
    };

    /**
     * None yet.
     *
     * @param throttle of beginnings, which push out others
     */
    LoginRequests(InstantSource clock, Throttle throttle) {
        this.clock = clock;
        this.throttle = throttle;
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        Begun known = known(request);
        return known == null ? null : known.request();
    }

    private @Nullable Begun known(HttpServletRequest request) {
        String id = id(request);
        String state = request.getParameter("state");
        synchronized (begun) {
            Begun known = id == null ? null : begun.get(id);
            return known != null
                            && known.until() > clock.millis()
                            && Objects.equals(known.request().getState(), state)
                    ? known
                    : null;
        }
    }

    @Override
    public void saveAuthorizationRequest(
            @Nullable OAuth2AuthorizationRequest authorization,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (authorization == null) {
            removeAuthorizationRequest(request, response);
            return;
        }
        long seconds = throttle.wait(request.getRemoteAddr());
        if (seconds > 0) {
            throw RefusedException.throttled(seconds);
        }
        throttle.refused(request.getRemoteAddr());
        String id = AdminToken.make();
        synchronized (begun) {
            begun.put(id, new Begun(authorization, ReturnAddress.of(request), clock.millis() + AGE.toMillis()));
        }
        response.addCookie(cookie(id, Math.toIntExact(AGE.toSeconds())));
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        Begun known = known(request);
        String id = id(request);
        if (known == null || id == null) {
            return null;
        }
        synchronized (begun) {
            begun.remove(id);
        }
        response.addCookie(cookie("", 0));
        ReturnAddress.keep(request, known.next());
        return known.request();
    }

    private static Cookie cookie(String value, int seconds) {
        Cookie cookie = new Cookie(COOKIE, value);
        cookie.setMaxAge(seconds);
        cookie.setPath("/");
        cookie.setSecure(true);
        cookie.setHttpOnly(true);
        cookie.setAttribute("SameSite", "Lax");
        return cookie;
    }

    private static @Nullable String id(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(COOKIE)) {
                    return cookie.getValue();
                }
            }
        }
        return null;
    }
}

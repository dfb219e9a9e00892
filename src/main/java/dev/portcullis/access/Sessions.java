package dev.portcullis.access;

import static java.util.stream.Collectors.toList;
import static org.springframework.security.web.context.HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

/**
 * Those who are logged in: in memory, each for a while, and so many at most; one more ends the
 * oldest of whoever has the most. Only a login begins one.
 */
public final class Sessions implements HttpSessionListener {
    private static final int MOST = 1_000;

    private final Duration idle;
    private final Duration lifetime;
    private final InstantSource clock;
    private final Map<String, HttpSession> open = new LinkedHashMap<>();

    /**
     * None yet.
     *
     * @param idle after how long without a request one ends
     * @param lifetime after how long one ends in any case
     */
    public Sessions(Duration idle, Duration lifetime, InstantSource clock) {
        this.idle = idle;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        HttpSession session = event.getSession();
        session.setMaxInactiveInterval(Math.toIntExact(idle.toSeconds()));
        List<HttpSession> tooMany = new ArrayList<>();
        synchronized (open) {
            open.put(session.getId(), session);
            if (open.size() > MOST) {
                HttpSession oldest = oldestOfWhoHasMost();
                open.remove(oldest.getId());
                tooMany.add(oldest);
            }
        }
        tooMany.forEach(Sessions::end);
    }

    /** So that nobody who logs in again and again ends the sessions of others. */
    private HttpSession oldestOfWhoHasMost() {
        Map<String, List<HttpSession>> byHolder =
                open.values().stream().collect(Collectors.groupingBy(Sessions::holder, LinkedHashMap::new, toList()));
        return byHolder.values().stream()
                .max(Comparator.comparingInt(List::size))
                .orElseThrow()
                .getFirst();
    }

    private static String holder(HttpSession session) {
        try {
            Object context = session.getAttribute(SPRING_SECURITY_CONTEXT_KEY);
            Person person = context instanceof SecurityContext known ? Person.of(known.getAuthentication()) : null;
            return person == null ? "" : person.name();
        } catch (IllegalStateException ended) {
            return "";
        }
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        synchronized (open) {
            open.remove(event.getSession().getId());
        }
    }

    private static void end(HttpSession session) {
        try {
            session.invalidate();
        } catch (IllegalStateException _) {
            // it has ended by itself
        }
    }

    /** A filter: ends a session that is too old, or whose token is not valid any more. */
    void look(
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain,
            Tokens tokens,
            Refusals refusals)
            throws IOException, ServletException {
        HttpSession session = Rights.isApi(request) ? request.getSession(false) : null;
        if (session != null) {
            if (session.getCreationTime() + lifetime.toMillis() <= clock.millis()) {
                leave(session);
            } else if (SecurityContextHolder.getContext().getAuthentication() instanceof Login login) {
                try {
                    SecurityContextHolder.setContext(new SecurityContextImpl(tokens.again(login)));
                } catch (RefusedException refused) {
                    if (refused.status() == Refusals.UNAUTHORIZED) {
                        leave(session);
                    }
                    refusals.onAuthenticationFailure(request, response, refused);
                    return;
                }
            }
        }
        chain.doFilter(request, response);
    }

    private static void leave(HttpSession session) {
        end(session);
        SecurityContextHolder.setContext(SecurityContextHolder.createEmptyContext());
    }
}

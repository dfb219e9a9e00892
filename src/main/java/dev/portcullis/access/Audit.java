package dev.portcullis.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Writes down who logs in, who is refused, and who changes what; never what they show. */
final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    private final MeterRegistry registry;
    private final Throttle lines;
    private final Consumer<AuditEvent> trail;

    /**
     * An audit.
     *
     * @param lines that are written down of refusals; beyond them they are counted alone
     * @param trail where it is kept, beside the log
     */
    Audit(MeterRegistry registry, Throttle lines, Consumer<AuditEvent> trail) {
        this.registry = registry;
        this.lines = lines;
        this.trail = trail;
    }

    /** By which way somebody comes. */
    enum Way {
        /** By a token. */
        TOKEN("token"),
        /** By the identity provider. */
        OIDC("oidc");

        private final String id;

        Way(String id) {
            this.id = id;
        }

        static Way of(HttpServletRequest request) {
            return request.getRequestURI().startsWith(Oidc.CALLBACK)
                            || request.getRequestURI().startsWith(Oidc.START)
                    ? OIDC
                    : TOKEN;
        }

        /** By which somebody came who is known. */
        static Way of(@Nullable Authentication authentication) {
            return authentication instanceof Login ? TOKEN : OIDC;
        }
    }

    void loggedIn(HttpServletRequest request, Person person) {
        count(Way.of(request), "accepted");
        LOG.info(
                "{} logged in as {} by {} from {}",
                person.name(),
                person.role().id(),
                Way.of(request).id,
                request.getRemoteAddr());
        keep(
                AuditEvent.Action.LOGIN,
                person,
                Way.of(request),
                request,
                person.role().id());
    }

    void loggedOut(HttpServletRequest request, Person person, Authentication authentication) {
        LOG.info("{} logged out from {}", person.name(), request.getRemoteAddr());
        keep(AuditEvent.Action.LOGOUT, person, Way.of(authentication), request, "");
    }

    private void keep(
            AuditEvent.Action action, @Nullable Person person, Way way, HttpServletRequest request, String result) {
        String name = person == null ? null : person.name();
        trail.accept(new AuditEvent(action, name, way.id, request.getRemoteAddr(), null, null, result));
    }

    void refused(HttpServletRequest request, RefusedException refused) {
        if (refused.status() == Refusals.TOO_MANY) {
            count(Way.of(request), "throttled");
            return;
        }
        count(Way.of(request), "refused");
        if (lines.wait(request.getRemoteAddr()) > 0) {
            return;
        }
        lines.refused(request.getRemoteAddr());
        String why = Person.printable(refused.sentence());
        LOG.info("refused by {} from {}: {}", Way.of(request).id, request.getRemoteAddr(), why);
        keep(AuditEvent.Action.REFUSAL, null, Way.of(request), request, why);
    }

    /** {@code portcullis_console_logins_total}: tokens are counted where they are refused, or a session begins. */
    private void count(Way way, String result) {
        Counter.builder("portcullis.console.logins")
                .description("Logins at the console, and tokens that it refused")
                .tag("way", way.id)
                .tag("result", result)
                .register(registry)
                .increment();
    }

    /** A filter behind those that refuse: writes down what is changed. */
    void change(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!Rights.isApi(request) || Rights.isSafe(request)) {
            chain.doFilter(request, response);
            return;
        }
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        Person person = Person.of(authentication);
        String name = person == null ? "nobody" : person.name();
        String route = request.getMethod() + " " + Person.printable(request.getRequestURI());
        try {
            chain.doFilter(request, response);
        } finally {
            int status = response.getStatus();
            LOG.info("{}: {}: {}", name, route, status);
            if (person != null && Rights.isChange(person, request)) {
                String query = request.getQueryString();
                String target = query == null || status >= Refusals.BAD_REQUEST ? null : Person.printable(query);
                trail.accept(new AuditEvent(
                        AuditEvent.Action.CHANGE,
                        name,
                        Way.of(authentication).id,
                        request.getRemoteAddr(),
                        route,
                        target,
                        Integer.toString(status)));
            }
        }
    }
}

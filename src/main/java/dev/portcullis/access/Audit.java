package dev.portcullis.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.context.SecurityContextHolder;

/** Writes down who logs in, who is refused, and who changes what; never what they show. */
final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    private final MeterRegistry registry;
    private final Throttle lines;

    /**
     * An audit.
     *
     * @param lines that are written down of refusals; beyond them they are counted alone
     */
    Audit(MeterRegistry registry, Throttle lines) {
        this.registry = registry;
        this.lines = lines;
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
    }

    void loggedIn(HttpServletRequest request, Person person) {
        count(Way.of(request), "accepted");
        LOG.info(
                "{} logged in as {} by {} from {}",
                person.name(),
                person.role().id(),
                Way.of(request).id,
                request.getRemoteAddr());
    }

    void loggedOut(HttpServletRequest request, Person person) {
        LOG.info("{} logged out from {}", person.name(), request.getRemoteAddr());
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
        LOG.info(
                "refused by {} from {}: {}",
                Way.of(request).id,
                request.getRemoteAddr(),
                Person.printable(refused.sentence()));
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
        Person person = Person.of(SecurityContextHolder.getContext().getAuthentication());
        try {
            chain.doFilter(request, response);
        } finally {
            LOG.info(
                    "{}: {} {}: {}",
                    person == null ? "nobody" : person.name(),
                    request.getMethod(),
                    Person.printable(request.getRequestURI()),
                    response.getStatus());
        }
    }
}

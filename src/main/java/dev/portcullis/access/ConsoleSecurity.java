package dev.portcullis.access;

import dev.portcullis.http.Port;
import dev.portcullis.http.Reply;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.security.web.authentication.session.SessionFixationProtectionStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRequestHandler;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import tools.jackson.databind.json.JsonMapper;

/**
 * The filters of Spring Security in front of the console's port, in their order; requests of other ports pass by them.
 */
public final class ConsoleSecurity {
    /** The cookie of a session: browsers take one of such a name only from this host, over TLS, for all paths. */
    public static final String COOKIE = "__Host-portcullis";

    private static final String LOGOUT = "/logout";
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int SEE_OTHER = 303;
    private static final int REFUSED_AT_ONCE = 10;
    private static final long MILLIS_EACH = 6_000;
    private static final int OF_ALL = 10;

    private final HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();
    private final Audit audit;
    private final Refusals refusals;
    private final Tokens tokens;
    private final Sessions sessions;
    private final @Nullable Oidc oidc;

    /**
     * The filters of one console.
     *
     * @param hosts the token of Docker hosts, which may report and nothing else
     * @param people of the cluster; null where their tokens are not accepted
     * @param provider null where there is none
     * @param trail keeps what is done, without waiting
     */
    public ConsoleSecurity(
            AdminToken admin,
            AdminToken hosts,
            @Nullable KubernetesPeople people,
            @Nullable OidcSettings provider,
            Sessions sessions,
            Consumer<AuditEvent> trail,
            InstantSource clock,
            MeterRegistry registry) {
        this.audit = new Audit(registry, throttle(clock), trail);
        this.refusals = new Refusals(logins(provider != null), audit);
        this.tokens = new Tokens(admin, hosts, people, throttle(clock));
        this.sessions = sessions;
        this.oidc = provider == null ? null : new Oidc(provider, clock);
    }

    private static Throttle throttle(InstantSource clock) {
        return new Throttle(clock, REFUSED_AT_ONCE, MILLIS_EACH, OF_ALL);
    }

    /**
     * The ways in which people can log in: {@code token}, {@code oidc}.
     *
     * @param provider whether there is an identity provider
     */
    public static List<String> logins(boolean provider) {
        return provider ? List.of("token", Provider.ID) : List.of("token");
    }

    /**
     * All of them, as one.
     *
     * @param narrowed paths of the API whose answers tell each only what they may see; the others need somebody who sees all
     */
    public Filter filter(Set<String> narrowed) {
        List<Filter> filters = new ArrayList<>();
        filters.add(new SecurityContextHolderFilter(contexts));
        filters.add(http((request, response, chain) -> sessions.look(request, response, chain, tokens, refusals)));
        filters.add(csrf());
        filters.add(logout());
        if (oidc != null) {
            var refused = new OidcRefusals(refusals, audit);
            filters.add(oidc.starting(refused));
            filters.add(beginning(oidc.returning(), refused, (request, response, person) -> {
                response.setStatus(SEE_OTHER);
                response.setHeader("Location", ReturnAddress.of(request));
            }));
        }
        filters.add(beginning(
                new TokenLoginFilter(tokens), refusals, (request, response, person) -> response.setStatus(NO_CONTENT)));
        filters.add(bearer());
        filters.add(new AnonymousAuthenticationFilter("anonymous"));
        var translation = new ExceptionTranslationFilter(refusals, new NullRequestCache());
        translation.setAccessDeniedHandler(refusals);
        filters.add(translation);
        filters.add(new AuthorizationFilter(new Rights(narrowed)));
        filters.add(http(audit::change));
        FilterChainProxy proxy =
                new FilterChainProxy(new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, filters));
        proxy.setFirewall(firewall());
        proxy.setRequestRejectedHandler(refusals);
        return (request, response, chain) -> {
            if (request.getAttribute(Port.ATTRIBUTE) == Port.CONSOLE) {
                proxy.doFilter(request, response, chain);
            } else {
                chain.doFilter(request, response);
            }
        };
    }

    /** What headers and parameters may hold, and which methods there are, is for the routes to say. */
    private static StrictHttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        firewall.setAllowedHeaderNames(_ -> true);
        firewall.setAllowedHeaderValues(_ -> true);
        firewall.setAllowedParameterNames(_ -> true);
        firewall.setAllowedParameterValues(_ -> true);
        return firewall;
    }

    /** A session's cookie is sent by a browser whoever makes it ask: only a page of ours can read the token beside it. */
    private CsrfFilter csrf() {
        CsrfFilter filter = new CsrfFilter(new HttpSessionCsrfTokenRepository());
        filter.setRequireCsrfProtectionMatcher(request -> !Rights.isSafe(request)
                && !request.getRequestURI().equals(TokenLoginFilter.PATH)
                && !(Rights.isApi(request) && Bearer.isShown(request))
                && request.getSession(false) != null);
        filter.setRequestHandler(new InHeaders());
        filter.setAccessDeniedHandler(refusals);
        return filter;
    }

    /** Looks for the token in headers alone: reading a parameter would read the body, which is the route's. */
    private static final class InHeaders implements CsrfTokenRequestHandler {
        private final XorCsrfTokenRequestAttributeHandler masked = new XorCsrfTokenRequestAttributeHandler();

        @Override
        public void handle(HttpServletRequest request, HttpServletResponse response, Supplier<CsrfToken> token) {
            masked.handle(request, response, token);
        }

        @Override
        public @Nullable String resolveCsrfTokenValue(HttpServletRequest request, CsrfToken token) {
            return request.getHeader(token.getHeaderName()) == null
                    ? null
                    : masked.resolveCsrfTokenValue(request, token);
        }
    }

    private LogoutFilter logout() {
        LogoutFilter filter = new LogoutFilter(
                (request, response, authentication) -> left(request, response, authentication),
                new SecurityContextLogoutHandler());
        filter.setLogoutRequestMatcher(request ->
                request.getRequestURI().equals(LOGOUT) && request.getMethod().equals("POST"));
        return filter;
    }

    /** @param location where they log out of the identity provider, too; a page must go there, as no answer makes it */
    private record Left(String location) {}

    private void left(HttpServletRequest request, HttpServletResponse response, @Nullable Authentication authentication)
            throws IOException {
        Person person = Person.of(authentication);
        if (authentication != null && person != null) {
            audit.loggedOut(request, person, authentication);
        }
        Cookie cookie = new Cookie(COOKIE, "");
        cookie.setMaxAge(0);
        cookie.setPath("/");
        cookie.setSecure(true);
        cookie.setHttpOnly(true);
        response.addCookie(cookie);
        String provider = oidc == null ? null : oidc.logout(authentication);
        if (provider == null) {
            response.setStatus(NO_CONTENT);
        } else {
            Reply.json(response, OK, JsonMapper.shared().writeValueAsBytes(new Left(provider)));
        }
    }

    /** How somebody is answered who is logged in now. */
    @FunctionalInterface
    private interface Welcome {
        void say(HttpServletRequest request, HttpServletResponse response, Person person);
    }

    /** A login begins a session of its own, whatever session the browser had before. */
    private Filter beginning(
            AbstractAuthenticationProcessingFilter filter, AuthenticationFailureHandler refused, Welcome welcome) {
        SessionFixationProtectionStrategy anew = new SessionFixationProtectionStrategy();
        anew.setMigrateSessionAttributes(false);
        filter.setSessionAuthenticationStrategy(anew);
        filter.setSecurityContextRepository(contexts);
        filter.setAuthenticationFailureHandler(refused);
        AuthenticationSuccessHandler begun = (request, response, authentication) -> {
            Person person = Person.of(authentication);
            if (person != null) {
                audit.loggedIn(request, person);
                welcome.say(request, response, person);
            }
        };
        filter.setAuthenticationSuccessHandler(begun);
        return filter;
    }

    private AuthenticationFilter bearer() {
        AuthenticationFilter filter = new AuthenticationFilter(tokens, Bearer::of);
        filter.setRequestMatcher(Rights::isApi);
        filter.setFailureHandler(refusals);
        filter.setSuccessHandler((request, response, authentication) -> {});
        return filter;
    }

    /** A filter of ours. */
    @FunctionalInterface
    private interface HttpFilter {
        void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException;
    }

    private static Filter http(HttpFilter filter) {
        return (request, response, chain) ->
                filter.filter((HttpServletRequest) request, (HttpServletResponse) response, chain);
    }
}

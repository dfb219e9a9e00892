package dev.portcullis.access;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.UriComponentsBuilder;

/** Logins by an identity provider: authorization code with PKCE, a nonce, and a browser that the login is bound to. */
final class Oidc {
    static final String START = "/oauth2/authorization/";
    static final String CALLBACK = "/login/oauth2/code/";
    private static final int BEGUN_AT_ONCE = 30;
    private static final long MILLIS_EACH = 2_000;

    private final OidcSettings settings;
    private final Provider provider;
    private final LoginRequests requests;

    Oidc(OidcSettings settings, InstantSource clock) {
        this.settings = settings;
        this.provider = new Provider(settings, clock);
        this.requests = new LoginRequests(clock, new Throttle(clock, BEGUN_AT_ONCE, MILLIS_EACH, 10));
    }

    /** Sends people to the provider. */
    Filter starting(AuthenticationFailureHandler refusals) {
        var resolver = new DefaultOAuth2AuthorizationRequestResolver(provider, START.substring(0, START.length() - 1));
        resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        var filter = new OAuth2AuthorizationRequestRedirectFilter(resolver);
        filter.setAuthorizationRequestRepository(requests);
        filter.setAuthenticationFailureHandler(refusals);
        return filter;
    }

    /** Takes those whom it sends back. */
    AbstractAuthenticationProcessingFilter returning() {
        var filter = new OAuth2LoginAuthenticationFilter(provider, new Forgotten(), CALLBACK + "*");
        filter.setAuthorizationRequestRepository(requests);
        var codes = new RestClientAuthorizationCodeTokenResponseClient();
        codes.setRestClient(RestClient.builder()
                .requestFactory(provider.requests())
                .configureMessageConverters(converters -> converters
                        .disableDefaults()
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        var known = new OidcAuthorizationCodeAuthenticationProvider(codes, new OidcPeople(settings));
        known.setJwtDecoderFactory(provider);
        filter.setAuthenticationManager(new ProviderManager(known));
        return filter;
    }

    /** Where somebody logs out of the provider, too; null where they have not come from there or cannot. */
    @Nullable String logout(@Nullable Authentication authentication) {
        URI endSession = provider.endSession();
        if (endSession == null
                || authentication == null
                || !(authentication.getPrincipal() instanceof OidcPerson known)) {
            return null;
        }
        return UriComponentsBuilder.fromUri(endSession)
                .queryParam("id_token_hint", known.getIdToken().getTokenValue())
                .queryParam("post_logout_redirect_uri", settings.console().resolve("/"))
                .encode(StandardCharsets.UTF_8)
                .toUriString();
    }

    /** The provider's access tokens, for which there is no use. */
    private static final class Forgotten implements OAuth2AuthorizedClientRepository {
        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // as the interface has it
        public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
                String id, Authentication principal, HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(
                OAuth2AuthorizedClient client,
                Authentication principal,
                HttpServletRequest request,
                HttpServletResponse response) {
            // not kept
        }

        @Override
        public void removeAuthorizedClient(
                String id, Authentication principal, HttpServletRequest request, HttpServletResponse response) {
            // none there
        }
    }
}

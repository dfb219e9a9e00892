package dev.portcullis.access;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

/** The identity provider, which is asked what it is when somebody first logs in: it may be away before. */
final class Provider implements ClientRegistrationRepository, JwtDecoderFactory<ClientRegistration> {
    static final String ID = "oidc";

    private static final Logger LOG = LoggerFactory.getLogger(Provider.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Set<SignatureAlgorithm> ALGORITHMS = Set.of(
            SignatureAlgorithm.RS256,
            SignatureAlgorithm.RS384,
            SignatureAlgorithm.RS512,
            SignatureAlgorithm.PS256,
            SignatureAlgorithm.ES256,
            SignatureAlgorithm.ES384);

    private final OidcSettings settings;
    private final InstantSource clock;
    private final JdkClientHttpRequestFactory requests;
    private @Nullable ClientRegistration registration;
    private @Nullable JwtDecoder decoder;
    private long awayUntil;

    Provider(OidcSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(PATIENCE);
        if (settings.trusted() != null) {
            client.sslContext(settings.trusted());
        }
        requests = new JdkClientHttpRequestFactory(client.build());
        requests.setReadTimeout(PATIENCE);
    }

    JdkClientHttpRequestFactory requests() {
        return requests;
    }

    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        return id.equals(ID) ? registration() : null;
    }

    /** Where one logs out there; null where that cannot be told. */
    synchronized @Nullable URI endSession() {
        Object where = registration == null
                ? null
                : registration.getProviderDetails().getConfigurationMetadata().get("end_session_endpoint");
        return where instanceof String text && text.startsWith(settings.issuer().getScheme() + "://")
                ? URI.create(text)
                : null;
    }

    private synchronized ClientRegistration registration() {
        if (registration == null) {
            if (clock.millis() < awayUntil) {
                throw away();
            }
            try {
                registration = discover();
            } catch (RestClientException | IllegalArgumentException | IllegalStateException failed) {
                awayUntil = clock.millis() + PAUSE.toMillis();
                LOG.warn(
                        "the identity provider {} cannot be used: {}",
                        settings.issuer(),
                        Person.printable(String.valueOf(failed.getMessage())));
                throw away();
            }
        }
        return registration;
    }

    private RefusedException away() {
        return new RefusedException(
                Refusals.UNAVAILABLE,
                "the identity provider " + settings.issuer() + " cannot be used: try again, or log in with a token");
    }

    private ClientRegistration discover() {
        String issuer = settings.issuer().toString();
        Map<String, Object> told = RestClient.builder()
                .requestFactory(requests)
                .build()
                .get()
                .uri(URI.create((issuer.endsWith("/") ? issuer : issuer + "/") + ".well-known/openid-configuration"))
                .retrieve()
                .body(new ParameterizedTypeReference<>() {});
        if (told == null || !issuer.equals(told.get("issuer"))) {
            throw new IllegalStateException("it calls itself " + (told == null ? "nothing" : told.get("issuer")));
        }
        ClientRegistration.Builder builder = ClientRegistrations.fromOidcConfiguration(told)
                .registrationId(ID)
                .clientId(settings.clientId())
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(settings.console().resolve(Oidc.CALLBACK + ID).toString())
                .scope(settings.scopes());
        if (settings.clientSecret() == null) {
            builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE);
        } else {
            builder.clientSecret(settings.clientSecret());
        }
        return builder.build();
    }

    @Override
    public synchronized JwtDecoder createDecoder(ClientRegistration known) {
        if (decoder == null) {
            NimbusJwtDecoder made = NimbusJwtDecoder.withJwkSetUri(
                            Objects.requireNonNull(known.getProviderDetails().getJwkSetUri()))
                    .jwsAlgorithms(algorithms -> algorithms.addAll(ALGORITHMS))
                    .restOperations(new RestTemplate(requests))
                    .build();
            made.setJwtValidator(
                    new DelegatingOAuth2TokenValidator<>(new JwtTimestampValidator(), new OidcIdTokenValidator(known)));
            made.setClaimSetConverter(
                    new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
            decoder = made;
        }
        return decoder;
    }
}

package dev.portcullis.app;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;

/** An identity provider that runs: Spring's, whose users a header names, and whose ID tokens a test can spoil. */
final class IdentityProvider implements AutoCloseable {
    static final String CLIENT = "portcullis";
    static final String USER = "X-User";
    static final String SECRET = "the-secret-of-the-client";
    private static final Map<String, List<String>> GROUPS = Map.of(
            "ann",
            List.of("staff", "security"),
            "vic",
            List.of("auditors"),
            "tom",
            List.of("team-shop"),
            "nil",
            List.of());

    private final ServletWebServerApplicationContext context;
    private final Tokens tokens = new Tokens();

    private IdentityProvider(int port, ClientKeys keys, String console) {
        SpringApplication application = new SpringApplication(Wiring.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setLogStartupInfo(false);
        application.addInitializers((ApplicationContextInitializer<GenericApplicationContext>) started -> {
            started.registerBean(TomcatServletWebServerFactory.class, () -> server(port, keys));
            started.registerBean(RegisteredClientRepository.class, () -> client(console));
            started.registerBean(Tokens.class, () -> tokens);
            started.registerBean(
                    AuthorizationServerSettings.class,
                    () -> AuthorizationServerSettings.builder()
                            .issuer(issuer(port))
                            .build());
        });
        context = (ServletWebServerApplicationContext) application.run();
    }

    /**
     * Starts on a port.
     *
     * @param keys with which it shows who it is
     * @param console the address to which people are sent back
     */
    static IdentityProvider start(int port, ClientKeys keys, String console) {
        return new IdentityProvider(port, keys, console);
    }

    /** Its address, which is of another site than that of a console at localhost. */
    static String issuer(int port) {
        return "https://127.0.0.1:" + port;
    }

    /** Spoils every ID token from now on. */
    void spoil(Consumer<JwtEncodingContext> how) {
        tokens.spoiling = how;
    }

    void mend() {
        tokens.spoiling = _ -> {};
    }

    /** Lets a code expire before its time. */
    void expire(String code) {
        OAuth2AuthorizationService service = context.getBean(OAuth2AuthorizationService.class);
        OAuth2Authorization known = Objects.requireNonNull(service.findByToken(code, new OAuth2TokenType("code")));
        Instant past = Instant.now().minus(Duration.ofMinutes(10));
        service.save(OAuth2Authorization.from(known)
                .token(new OAuth2AuthorizationCode(code, past, past.plusSeconds(60)))
                .build());
    }

    /** Says in ID tokens in which groups somebody is, and what a test wants said wrong. */
    private static final class Tokens implements OAuth2TokenCustomizer<JwtEncodingContext> {
        private volatile Consumer<JwtEncodingContext> spoiling = _ -> {};

        @Override
        public void customize(JwtEncodingContext token) {
            if (token.getTokenType().getValue().equals("id_token")) {
                String name = Objects.requireNonNull(token.<Authentication>getPrincipal())
                        .getName();
                token.getClaims()
                        .claim("groups", GROUPS.getOrDefault(name, List.of()))
                        .claim("email", name + "@example.com\nfake line");
                spoiling.accept(token);
            }
        }
    }

    /** Filters answer only where some servlet would. */
    private static TomcatServletWebServerFactory server(int port, ClientKeys keys) {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(port);
        Ssl ssl = new Ssl();
        ssl.setKeyStore(keys.store().toUri().toString());
        ssl.setKeyStorePassword(ClientKeys.PASSWORD);
        factory.setSsl(ssl);
        factory.getSettings().setRegisterDefaultServlet(true);
        return factory;
    }

    private static RegisteredClientRepository client(String console) {
        return new InMemoryRegisteredClientRepository(RegisteredClient.withId(
                        UUID.randomUUID().toString())
                .clientId(CLIENT)
                .clientSecret("{noop}" + SECRET)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(console + "/login/oauth2/code/oidc")
                .postLogoutRedirectUri(console + "/")
                .scopes(scopes -> scopes.addAll(List.of("openid", "profile", "email")))
                .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                .build());
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    static class Wiring {
        @Bean
        SecurityFilterChain provider(HttpSecurity http) throws Exception {
            return http.oauth2AuthorizationServer(server -> server.oidc(Customizer.withDefaults()))
                    .authorizeHttpRequests(all -> all.anyRequest().authenticated())
                    .addFilterAfter(Wiring::known, SecurityContextHolderFilter.class)
                    .build();
        }

        /** Whoever a header names is logged in here. */
        private static void known(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String user = ((HttpServletRequest) request).getHeader(USER);
            if (user != null) {
                SecurityContextHolder.getContext()
                        .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                                user,
                                null,
                                List.of(FactorGrantedAuthority.fromAuthority(
                                        FactorGrantedAuthority.PASSWORD_AUTHORITY))));
            }
            chain.doFilter(request, response);
        }

        @Bean
        OAuth2AuthorizationService authorizations() {
            return new InMemoryOAuth2AuthorizationService();
        }

        @Bean
        JWKSource<SecurityContext> keys() throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var pair = generator.generateKeyPair();
            return new ImmutableJWKSet<>(new JWKSet(new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                    .privateKey(pair.getPrivate())
                    .keyID("one")
                    .build()));
        }

        @Bean
        JwtDecoder decoder(JWKSource<SecurityContext> keys) {
            return NimbusJwtDecoder.withJwkSource(keys).build();
        }
    }
}

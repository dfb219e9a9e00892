package dev.portcullis.access;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** Somebody who has shown a token. */
final class Login extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1;

    private final transient Person person;
    private final transient @Nullable String token;

    /**
     * One of these.
     *
     * @param token the cluster's, which is asked about again while they are logged in; null for the admin's
     */
    Login(Person person, @Nullable String token) {
        super(AuthorityUtils.NO_AUTHORITIES);
        this.person = person;
        this.token = token;
        setAuthenticated(true);
    }

    Person person() {
        return person;
    }

    @Override
    public @Nullable Object getCredentials() {
        return token;
    }

    @Override
    public Object getPrincipal() {
        return person;
    }

    @Override
    public String getName() {
        return person.name();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}

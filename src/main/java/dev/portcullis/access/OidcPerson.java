package dev.portcullis.access;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

/** Somebody whom the identity provider knows. */
final class OidcPerson extends DefaultOidcUser {
    private static final long serialVersionUID = 1;

    private final transient Person person;

    OidcPerson(OidcIdToken token, Person person) {
        super(AuthorityUtils.NO_AUTHORITIES, token);
        this.person = person;
    }

    Person person() {
        return person;
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

package dev.portcullis.access;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** A token that was shown, by whomever. */
final class ShownToken extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1;

    private final String token;
    private final String address;
    private final boolean atLogin;

    /**
     * One of these.
     *
     * @param address from where
     * @param atLogin whether a session is asked for
     */
    ShownToken(String token, String address, boolean atLogin) {
        super(AuthorityUtils.NO_AUTHORITIES);
        this.token = token;
        this.address = address;
        this.atLogin = atLogin;
    }

    String address() {
        return address;
    }

    boolean isAtLogin() {
        return atLogin;
    }

    @Override
    public String getCredentials() {
        return token;
    }

    /** Nobody is known yet. */
    @Override
    public String getPrincipal() {
        return "";
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

package dev.portcullis.access;

import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

/** What those read whose login by the identity provider fails. */
final class OidcRefusals {
    private OidcRefusals() {}

    static RefusedException of(AuthenticationException failure) {
        String code = failure instanceof OAuth2AuthenticationException told
                ? told.getError().getErrorCode()
                : "login_failed";
        String why = switch (code) {
            case "authorization_request_not_found" -> "the login has begun elsewhere, or too long ago";
            case "access_denied" -> "the identity provider has refused the login";
            default ->
                "the identity provider's answer cannot be used"
                        + (code.matches("[a-z_]{1,60}") ? " (" + code + ")" : "");
        };
        return new RefusedException(Refusals.UNAUTHORIZED, why + ": log in again");
    }
}

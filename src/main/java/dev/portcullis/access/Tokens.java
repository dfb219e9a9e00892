package dev.portcullis.access;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;

/** Says who shows a token: the admin, a Docker host, or somebody whom the cluster knows. */
final class Tokens implements AuthenticationManager {
    private static final int LONGEST = 16 * 1024;

    private final AdminToken admin;
    private final AdminToken hosts;
    private final @Nullable KubernetesPeople cluster;
    private final Throttle throttle;

    /**
     * Tokens.
     *
     * @param cluster null where no cluster is asked
     */
    Tokens(AdminToken admin, AdminToken hosts, @Nullable KubernetesPeople cluster, Throttle throttle) {
        this.admin = admin;
        this.hosts = hosts;
        this.cluster = cluster;
        this.throttle = throttle;
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        ShownToken shown = (ShownToken) authentication;
        String token = shown.getCredentials();
        // A token is too long to be guessed: only what costs a question, or a session, is held up.
        if (shown.isAtLogin()) {
            holdUp(shown.address());
        }
        // Both are compared, so that the time tells nothing of either.
        boolean isAdmin = admin.is(token);
        boolean isHost = hosts.is(token);
        if (isAdmin) {
            return new Login(Person.ADMIN, null);
        }
        if (isHost && !shown.isAtLogin()) {
            return new Login(Person.HOST, null);
        }
        Person person = cluster == null || token.isEmpty() || token.length() > LONGEST ? null : ask(cluster, shown);
        if (person == null) {
            throw unknown(shown);
        }
        if (shown.isAtLogin() && !person.seesAnything()) {
            throw new RefusedException(
                    Refusals.FORBIDDEN,
                    person.name() + " may see nothing here: they need the right to get consoles.portcullis.dev");
        }
        return new Login(person, token);
    }

    private @Nullable Person ask(KubernetesPeople asked, ShownToken shown) {
        KubernetesPeople.Answer known = asked.known(shown.getCredentials());
        if (known != null) {
            return known.person();
        }
        holdUp(shown.address());
        return asked.ask(shown.getCredentials()).person();
    }

    private RefusedException unknown(ShownToken shown) {
        if (cluster != null || shown.isAtLogin()) {
            throttle.refused(shown.address());
        }
        return new RefusedException(
                Refusals.UNAUTHORIZED,
                cluster == null
                        ? "this is not the admin token of the console"
                        : "this is neither the admin token of the console nor a token that the cluster knows");
    }

    private void holdUp(String address) {
        long seconds = throttle.wait(address);
        if (seconds > 0) {
            throw RefusedException.throttled(seconds);
        }
    }

    /** The same login, as the cluster stands to it now. */
    Login again(Login login) {
        if (!(login.getCredentials() instanceof String token) || cluster == null) {
            return login;
        }
        Person person = cluster.ask(token).person();
        if (person == null) {
            throw new RefusedException(
                    Refusals.UNAUTHORIZED, "the token of this session is not valid any more: log in again");
        }
        return new Login(person, token);
    }
}

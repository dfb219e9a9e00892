package dev.portcullis.access;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** What those may do whom the identity provider knows, by what their ID token says. */
final class OidcPeople implements OAuth2UserService<OidcUserRequest, OidcUser> {
    private static final int MOST_NAMESPACES = 1_000;

    private final OidcSettings settings;

    OidcPeople(OidcSettings settings) {
        this.settings = settings;
    }

    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        OidcIdToken token = request.getIdToken();
        Person person = person(token);
        if (!person.seesAnything()) {
            throw new RefusedException(
                    Refusals.FORBIDDEN,
                    person.name() + " is in no group that may see the console: portcullis.console.oidc names them");
        }
        return new OidcPerson(token, person);
    }

    private Person person(OidcIdToken token) {
        String name = Objects.requireNonNullElseGet(token.getClaimAsString(settings.nameClaim()), token::getSubject);
        Set<String> groups = texts(token, settings.groupsClaim());
        if (!Collections.disjoint(groups, settings.adminGroups())) {
            return new Person(name, Role.ADMIN, null);
        }
        boolean all = !Collections.disjoint(groups, settings.viewerGroups());
        return new Person(name, Role.VIEWER, all ? null : namespaces(token, groups));
    }

    private Set<String> namespaces(OidcIdToken token, Set<String> groups) {
        Set<String> namespaces = new HashSet<>(texts(token, settings.namespacesClaim()));
        groups.forEach(group -> namespaces.addAll(settings.groupNamespaces().getOrDefault(group, Set.of())));
        return namespaces;
    }

    /** A claim that lists texts, or is one. */
    private static Set<String> texts(OidcIdToken token, @Nullable String claim) {
        Object value = claim == null ? null : token.getClaims().get(claim);
        if (value instanceof String one) {
            return Set.of(one);
        }
        return value instanceof Collection<?> several
                ? several.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .limit(MOST_NAMESPACES)
                        .collect(Collectors.toSet())
                : Set.of();
    }
}

package dev.portcullis.access;

import dev.portcullis.http.HttpError;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Somebody who has shown who they are.
 *
 * @param name as it may be printed
 * @param namespaces those that are seen, in their order; null for all, and what is in none
 */
public record Person(String name, Role role, @Nullable Set<String> namespaces) {
    private static final int LONGEST = 200;

    /** Whoever shows the admin token. */
    static final Person ADMIN = new Person("admin", Role.ADMIN, null);

    /** A Docker host that reports. */
    static final Person HOST = new Person("the hosts' report token", Role.HOST, Set.of());

    /** Keeps what it is given. */
    public Person {
        name = printable(name);
        namespaces = namespaces == null ? null : named(namespaces);
    }

    /** What is in no namespace has a blank one, and is only for those who see all. */
    private static Set<String> named(Set<String> namespaces) {
        Set<String> named = new TreeSet<>(namespaces);
        named.removeIf(String::isBlank);
        return Collections.unmodifiableSet(named);
    }

    /** Names come from elsewhere, and stand in logs. */
    static String printable(String name) {
        String line = name.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cf}]", "?");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
    }

    boolean seesAll() {
        return namespaces == null;
    }

    boolean seesAnything() {
        return namespaces == null || !namespaces.isEmpty();
    }

    /**
     * Whoever makes the request that is answered.
     *
     * @throws HttpError 401 where nobody has shown who they are
     */
    public static Person asking() throws HttpError {
        Person person = of(SecurityContextHolder.getContext().getAuthentication());
        if (person == null) {
            throw new HttpError(Refusals.UNAUTHORIZED, Refusals.SHOW);
        }
        return person;
    }

    /** Null for those who are unknown. */
    static @Nullable Person of(@Nullable Authentication authentication) {
        if (authentication instanceof Login login) {
            return login.person();
        }
        return authentication != null && authentication.getPrincipal() instanceof OidcPerson known
                ? known.person()
                : null;
    }
}

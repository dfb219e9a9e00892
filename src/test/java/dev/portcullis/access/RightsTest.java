package dev.portcullis.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class RightsTest {
    private final Rights rights = new Rights(Set.of("/api/v1/workloads"));

    @ParameterizedTest
    @CsvSource({
        "nobody,  GET,    /,                 true",
        "nobody,  GET,    /ui/app.js,        true",
        "nobody,  GET,    /openapi.json,     true",
        "nobody,  GET,    /api/v1/workloads, false",
        "nobody,  POST,   /api/v1/workloads, false",
        "admin,   POST,   /api/v1/nothing,   true",
        "admin,   GET,    /api/v1/nothing,   true",
        "viewer,  GET,    /api/v1/nothing,   true",
        "viewer,  HEAD,   /api/v1/workloads, true",
        "viewer,  POST,   /api/v1/workloads, false",
        "viewer,  DELETE, /api/v1/workloads, false",
        "viewer,  ANY,    /api/v1/workloads, false",
        "team,    GET,    /api/v1/workloads, true",
        "team,    GET,    /api/v1/nothing,   false",
        "team,    GET,    /api/v1/me,        true",
        "team,    POST,   /api/v1/workloads, false",
        "blind,   GET,    /api/v1/workloads, false",
        "blind,   GET,    /api/v1/me,        true"
    })
    void sayWhoMayAskWhat(String who, String method, String path, boolean may) {
        Login login = switch (who) {
            case "admin" -> new Login(Person.ADMIN, null);
            case "viewer" -> new Login(new Person(who, Role.VIEWER, null), null);
            case "team" -> new Login(new Person(who, Role.VIEWER, Set.of("shop")), null);
            case "blind" -> new Login(new Person(who, Role.VIEWER, Set.of()), null);
            default -> null;
        };
        assertThat(Objects.requireNonNull(rights.authorize(() -> login, new MockHttpServletRequest(method, path)))
                        .isGranted())
                .isEqualTo(may);
    }

    @Test
    void namesAreFitForALog() {
        Person person = new Person("a\r\nb\u2028c\u202ed\u0000\u0085\u009b" + "x".repeat(500), Role.VIEWER, null);
        assertThat(person.name()).startsWith("a??b?c?d???x").hasSize(200);
    }

    /** A provider may say so of somebody who has none. */
    @Test
    void aBlankNamespaceIsNone() {
        assertThat(new Person("ann", Role.VIEWER, Set.of("", " ")).seesAnything())
                .isFalse();
        assertThat(new Person("ann", Role.VIEWER, Set.of("", "shop")).namespaces())
                .containsExactly("shop");
    }
}

package dev.portcullis.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.web.context.HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;

import jakarta.servlet.http.HttpSessionEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.core.context.SecurityContextImpl;

class SessionsTest {
    private final Sessions sessions =
            new Sessions(Duration.ofMinutes(30), Duration.ofHours(12), InstantSource.system());

    private MockHttpSession begun() {
        MockHttpSession session = new MockHttpSession();
        sessions.sessionCreated(new HttpSessionEvent(session));
        return session;
    }

    @Test
    void oneMoreThanThereMayBeEndsTheOldest() {
        List<MockHttpSession> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            all.add(begun());
        }
        assertThat(all).noneMatch(MockHttpSession::isInvalid);
        begun();
        assertThat(all.getFirst().isInvalid()).isTrue();
        assertThat(all.subList(1, 1_000)).noneMatch(MockHttpSession::isInvalid);
    }

    @Test
    void whoLogsInAgainAndAgainEndsTheirOwn() {
        MockHttpSession other = of("ann");
        List<MockHttpSession> all = new ArrayList<>();
        for (int i = 1; i < 1_000; i++) {
            all.add(of("bob"));
        }
        of("bob");
        assertThat(other.isInvalid()).isFalse();
        assertThat(all).filteredOn(MockHttpSession::isInvalid).containsExactly(all.getFirst());
    }

    private MockHttpSession of(String name) {
        MockHttpSession session = begun();
        session.setAttribute(
                SPRING_SECURITY_CONTEXT_KEY,
                new SecurityContextImpl(new Login(new Person(name, Role.VIEWER, null), null)));
        return session;
    }

    @Test
    void oneThatHasEndedTakesNoPlace() {
        List<MockHttpSession> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            all.add(begun());
        }
        sessions.sessionDestroyed(new HttpSessionEvent(all.get(500)));
        begun();
        assertThat(all).noneMatch(MockHttpSession::isInvalid);
        assertThat(all.getFirst().getMaxInactiveInterval()).isEqualTo(1_800);
    }
}

package dev.portcullis.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;

/** Who may ask what: the pages everybody, the API those who are known, as far as they see; changes are for admins. */
final class Rights implements AuthorizationManager<HttpServletRequest> {
    private static final Set<String> SAFE = Set.of("GET", "HEAD");

    /** Where content is judged, which changes nothing. */
    private static final Set<String> QUESTIONS = Set.of("/api/v1/review", "/api/v1/decisions/replay");

    /** Where Docker hosts report. */
    private static final String REPORTS = "/api/v1/hosts";

    private final Set<String> narrowed;

    /**
     * Rights.
     *
     * @param narrowed paths whose answers tell each only what they may see; all others need somebody who sees all
     */
    Rights(Set<String> narrowed) {
        this.narrowed = narrowed;
    }

    /** One answer, and what those read who may not. */
    record Verdict(boolean isGranted, String why) implements AuthorizationResult {
        static final Verdict YES = new Verdict(true, "");

        static Verdict no(String why) {
            return new Verdict(false, why);
        }
    }

    /** Whether somebody must have shown who they are. Routes are found by the letters of their path, and so are these. */
    static boolean isApi(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/api/");
    }

    /** Whether it changes nothing. */
    static boolean isSafe(HttpServletRequest request) {
        return SAFE.contains(request.getMethod());
    }

    /** Whether somebody asks for a change: what hosts report by themselves is none, nor what is judged. */
    static boolean isChange(Person person, HttpServletRequest request) {
        return !isSafe(request) && !QUESTIONS.contains(request.getRequestURI()) && person.role() != Role.HOST;
    }

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> asking, HttpServletRequest request) {
        if (!isApi(request)) {
            return Verdict.YES;
        }
        Person person = Person.of(asking.get());
        if (person == null) {
            return Verdict.no(Refusals.SHOW);
        }
        return of(person, request.getRequestURI(), isSafe(request));
    }

    private Verdict of(Person person, String path, boolean safe) {
        if (person.role() == Role.HOST) {
            return !safe && path.equals(REPORTS)
                    ? Verdict.YES
                    : Verdict.no(person.name() + " is good for reports alone: show the admin token");
        }
        if (!safe && !QUESTIONS.contains(path)) {
            return person.role() == Role.ADMIN
                    ? Verdict.YES
                    : Verdict.no("this needs the role admin, and " + person.name() + " is a viewer");
        }
        if (person.seesAll() || path.equals(MeRoute.PATH)) {
            return Verdict.YES;
        }
        if (!person.seesAnything()) {
            return Verdict.no(person.name() + " may see nothing here: docs/console-access.md says who may");
        }
        return narrowed.contains(path) || QUESTIONS.contains(path)
                ? Verdict.YES
                : Verdict.no("this tells of all namespaces, and " + person.name() + " sees some of them");
    }
}

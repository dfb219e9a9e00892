package dev.portcullis.docker;

import dev.portcullis.workload.Act;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Requester;
import dev.portcullis.workload.Subject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads requests to an engine that create no container, but act upon one, upon what containers may use later, or upon the
 * engine itself.
 */
public final class EngineRequests {
    /** Go adds what such a body says to the query, before it, and no gate sees that. */
    private static final List<String> FORMS = List.of("application/x-www-form-urlencoded", "multipart/form-data");

    private EngineRequests() {}

    /**
     * What a request does.
     *
     * @return empty where it is no act: it creates a container, reads or stops something, or takes a route that is not known
     * @throws MalformedBodyException where the engine would not take it, or its body did not arrive
     */
    public static Optional<Act> read(EngineRequest request, Requester requester) throws MalformedBodyException {
        RequestTarget target = RequestTarget.parse(request.uri());
        Optional<ActRoutes.Taken> route = ActRoutes.find(request.method(), target.path());
        if (route.isEmpty()) {
            return Optional.empty();
        }
        refuseForm(request.contentType());
        Arrival arrival = new Arrival(target, route.get().name(), request.body(), requester);
        return route.get().reader().read(arrival);
    }

    /**
     * What the body of {@code POST /containers/{id}/exec} asks for.
     *
     * @param container its name or id, null where that is not known
     */
    public static Act exec(JsonNode body, @Nullable String container, Requester requester)
            throws MalformedBodyException {
        return new Act(subject(container), requester, DeedReader.exec(EngineBody.exec(body)));
    }

    /**
     * What the body of {@code POST /containers/{id}/update} asks for.
     *
     * @param container its name or id, null where that is not known
     */
    public static Act update(JsonNode body, @Nullable String container, Requester requester)
            throws MalformedBodyException {
        return new Act(subject(container), requester, DeedReader.update(EngineBody.update(body)));
    }

    /** What says that a request came without the body that it needs: an engine that was sent one may have taken it. */
    public static MalformedBodyException withoutBody() {
        return new MalformedBodyException(
                FieldPath.ROOT, "did not arrive", "send it again, as application/json and below the engine's limit");
    }

    private static Subject subject(@Nullable String container) {
        return new Subject(Form.ENGINE_REQUEST, "Container", null, container);
    }

    /**
     * Refuses a body whose fields the engine would take for parameters.
     *
     * @throws MalformedBodyException where it is a form
     */
    public static void refuseForm(@Nullable String contentType) throws MalformedBodyException {
        String type = contentType == null ? "" : contentType.strip().toLowerCase(Locale.ROOT);
        if (FORMS.stream().anyMatch(type::startsWith)) {
            throw new MalformedBodyException(
                    FieldPath.ROOT, "is a form, whose fields would count as parameters", "put them into the query");
        }
    }
}

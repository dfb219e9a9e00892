package dev.portcullis.docker;

import dev.portcullis.workload.Act;
import dev.portcullis.workload.Deed;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Requester;
import dev.portcullis.workload.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request at the route that it took.
 *
 * @param name what the path names, empty where it names nothing
 * @param sent the body, null where none arrived
 */
record Arrival(RequestTarget target, String name, @Nullable JsonNode sent, Requester requester) {
    /**
     * The body.
     *
     * @throws MalformedBodyException where none arrived: an engine that was sent one may have taken it
     */
    JsonNode body() throws MalformedBodyException {
        if (sent == null) {
            throw EngineRequests.withoutBody();
        }
        return sent;
    }

    /** An act upon what the path names. */
    Act act(String kind, Deed deed) {
        return act(kind, name, deed);
    }

    /** An act upon what the body names. */
    Act act(String kind, GoValue said, Deed deed) {
        return act(kind, said.text(), deed);
    }

    /** An act upon what a parameter of the query names. */
    Act actNamedBy(String parameter, String kind, Deed deed) {
        return act(kind, target.query().getOrDefault(parameter, List.of("")).getFirst(), deed);
    }

    private Act act(String kind, String said, Deed deed) {
        Subject subject = new Subject(Form.ENGINE_REQUEST, kind, null, said.isEmpty() ? null : said);
        return new Act(subject, requester, deed);
    }
}

package dev.portcullis.app;

import dev.portcullis.admission.AdmissionService;
import dev.portcullis.admission.Route;
import dev.portcullis.admission.UnreadableReviewException;
import dev.portcullis.http.BodyReader;
import java.util.Arrays;

/** Judges nothing before everything that it takes is known: a set of policies that is not complete could allow too much. */
record ReadyAdmission(AdmissionService service, Readiness readiness) implements AdmissionService {
    private static final int UNAVAILABLE = 503;

    @Override
    public byte[] validate(byte[] body) throws UnreadableReviewException {
        String awaited = readiness.waitingFor();
        return awaited == null ? service.validate(body) : refuse(Route.VALIDATE, body, awaited);
    }

    @Override
    public byte[] mutate(byte[] body) throws UnreadableReviewException {
        String awaited = readiness.waitingFor();
        return awaited == null ? service.mutate(body) : refuse(Route.MUTATE, body, awaited);
    }

    private byte[] refuse(Route route, byte[] body, String awaited) throws UnreadableReviewException {
        byte[] head = Arrays.copyOf(body, Math.min(body.length, BodyReader.HEAD));
        return service.refuse(route, head, UNAVAILABLE, Readiness.sentence(awaited));
    }

    @Override
    public byte[] refuse(Route route, byte[] head, int code, String message) throws UnreadableReviewException {
        return service.refuse(route, head, code, message);
    }
}

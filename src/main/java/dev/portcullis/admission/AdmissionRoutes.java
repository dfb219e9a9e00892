package dev.portcullis.admission;

import dev.portcullis.http.BodyReader;
import dev.portcullis.http.Clients;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.Port;
import java.util.Arrays;
import java.util.List;

/** The admission port's webhooks. */
public final class AdmissionRoutes {
    private AdmissionRoutes() {}

    /**
     * {@code POST /validate} and {@code POST /mutate}.
     *
     * @param clients who is answered; others are told so, and for them nothing is judged
     */
    public static List<HttpRoute> of(AdmissionService service, BodyReader bodies, Clients clients) {
        return Arrays.stream(Route.values())
                .map(route -> new HttpRoute(
                        Port.ADMISSION, "POST", route.path(), new AdmissionEndpoint(route, service, bodies, clients)))
                .toList();
    }
}

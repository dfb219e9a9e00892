package dev.portcullis.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;

/** Who is at the other end of a connection, as far as the connection tells. */
public final class Caller {
    private static final int FORBIDDEN = 403;

    private Caller() {}

    /** Answers those who are on this machine, and those who have shown a certificate of the client CA. */
    public static Endpoint nearOrVerified(Endpoint endpoint) {
        Clients verified = Clients.verified(Set.of());
        return (request, response) -> {
            String refusal = isNear(request) ? null : verified.refusal(request);
            if (refusal != null) {
                throw new HttpError(FORBIDDEN, refusal);
            }
            endpoint.handle(request, response);
        };
    }

    private static boolean isNear(HttpServletRequest request) {
        try {
            String address = request.getRemoteAddr();
            return address != null && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException none) {
            return false;
        }
    }
}

package dev.portcullis.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;

/** Who is at the other end of a connection, as far as the connection tells. */
public final class Caller {
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final int FORBIDDEN = 403;

    private Caller() {}

    /** Answers only those who have shown a certificate of the client CA. */
    public static Endpoint verified(Endpoint endpoint) {
        return (request, response) -> {
            if (!isVerified(request)) {
                throw new HttpError(
                        FORBIDDEN,
                        "show a client certificate of the authority that portcullis.admission.client-ca names");
            }
            endpoint.handle(request, response);
        };
    }

    /** Answers those too who are on this machine. */
    public static Endpoint nearOrVerified(Endpoint endpoint) {
        Endpoint verified = verified(endpoint);
        return (request, response) -> (isNear(request) ? endpoint : verified).handle(request, response);
    }

    private static boolean isVerified(HttpServletRequest request) {
        return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0;
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

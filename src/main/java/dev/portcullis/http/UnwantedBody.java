package dev.portcullis.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;

/** The body of a request that is answered without it. */
public final class UnwantedBody {
    /** Bytes read before an error is answered, so that the client gets to read the answer. */
    private static final int MOST = 256 * 1024;

    private static final long PATIENCE = 1_000_000_000L;

    private UnwantedBody() {}

    /** Reads some of it, for a second at most; true when nothing is left unread. */
    public static boolean discard(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() == 0) {
            return true;
        }
        if (request.getAttribute(BodyReader.BROKEN) != null) {
            return false;
        }
        long deadline = System.nanoTime() + PATIENCE;
        InputStream in = request.getInputStream();
        byte[] scratch = new byte[8 * 1024];
        for (int left = MOST; left > 0 && System.nanoTime() < deadline; ) {
            int count = in.read(scratch);
            if (count < 0) {
                return true;
            }
            left -= count;
        }
        return false;
    }
}

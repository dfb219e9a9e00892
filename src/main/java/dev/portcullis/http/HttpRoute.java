package dev.portcullis.http;

import java.util.function.UnaryOperator;

/**
 * One route.
 *
 * @param method GET (which answers HEAD too) or POST
 * @param path the request target to the letter, before any decoding: no other spelling reaches the endpoint
 * @param label what metrics and errors call it
 */
public record HttpRoute(Port port, String method, String path, String label, Endpoint endpoint) {
    /** A route that is called by its path. */
    public HttpRoute(Port port, String method, String path, Endpoint endpoint) {
        this(port, method, path, path, endpoint);
    }

    /** The same, answered through something that may refuse. */
    public HttpRoute through(UnaryOperator<Endpoint> guard) {
        return new HttpRoute(port, method, path, label, guard.apply(endpoint));
    }

    boolean accepts(String requested) {
        return method.equals(requested) || (method.equals("GET") && requested.equals("HEAD"));
    }

    String allow() {
        return method.equals("GET") ? "GET, HEAD" : method;
    }
}

package dev.portcullis.proxy;

/** Decides about requests to the engine. Safe for use by many threads; may block, since each request has its own. */
public interface ProxyGate {
    /**
     * Whether it decides by the body. Then the body is held until it has decided; otherwise it is passed on as it comes.
     *
     * @param uri the request line's target, raw
     */
    boolean readsBody(String method, String uri);

    /** What becomes of a request. A gate that fails has denied. */
    Verdict decide(PendingRequest request);
}

package dev.portcullis.http;

/** What a listening port is for; a route exists on one of them only. */
public enum Port {
    /** TLS; what API servers and container engines call. */
    ADMISSION,
    /** Plain HTTP; probes and metrics. */
    MANAGEMENT;

    /** The request attribute in which the server says which port a request arrived on. */
    public static final String ATTRIBUTE = "dev.portcullis.http.Port";
}

package dev.portcullis.http;

/** What a listening port is for; a route exists on those only that it is given. */
public enum Port {
    /** TLS; what API servers and container engines call. */
    ADMISSION,
    /** A unix socket; what a Docker engine of this machine calls. */
    DOCKER,
    /** TLS; what people and programs ask who show who they are. */
    CONSOLE,
    /** Plain HTTP; probes and metrics. */
    MANAGEMENT;

    /** The request attribute in which the server says which port a request arrived on. */
    public static final String ATTRIBUTE = "dev.portcullis.http.Port";
}

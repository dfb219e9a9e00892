package dev.portcullis.workload;

/** The form in which something that is judged is written. */
public enum Form {
    /** A pod, or the pod template of a controller. */
    POD(Platform.KUBERNETES, "Kubernetes"),
    /** The body of an engine's container-create request, or the same as {@code docker inspect} prints it. */
    CONTAINER(Platform.DOCKER, "Docker Engine API"),
    /** A service of a compose file. */
    COMPOSE_SERVICE(Platform.DOCKER, "Compose"),
    /** A Dockerfile. */
    DOCKERFILE(Platform.DOCKER, "Dockerfile"),
    /** The configuration of an image. */
    IMAGE(Platform.DOCKER, "Image configuration"),
    /** A request to an API server about a pod that runs. */
    POD_REQUEST(Platform.KUBERNETES, "Kubernetes request"),
    /** A request to a Docker engine that creates no container. */
    ENGINE_REQUEST(Platform.DOCKER, "Docker Engine request");

    private final Platform platform;
    private final String title;

    Form(Platform platform, String title) {
        this.platform = platform;
        this.title = title;
    }

    /** Where what is written so runs. */
    public Platform platform() {
        return platform;
    }

    /** As documentation calls it. */
    public String title() {
        return title;
    }
}

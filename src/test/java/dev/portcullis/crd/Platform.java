package dev.portcullis.crd;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where workloads run. */
enum Platform {
    @JsonProperty("kubernetes")
    KUBERNETES,
    @JsonProperty("docker")
    DOCKER
}

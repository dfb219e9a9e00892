package dev.portcullis.crd;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What the gate says of a resource. */
record ResourceStatus(
        @JsonPropertyDescription("The newest version that was looked at.")
        Long observedGeneration,

        @Size(max = 16) List<Condition> conditions) {

    /** As Kubernetes writes conditions. */
    record Condition(
            @Required @Size(max = 316) String type,
            @Required Answer status,
            Long observedGeneration,
            @Required String lastTransitionTime,
            @Required @Size(max = 1_024) String reason,
            @Required @Size(max = 32_768) String message) {}

    /** What a condition can be. */
    enum Answer {
        @JsonProperty("True")
        TRUE,
        @JsonProperty("False")
        FALSE,
        @JsonProperty("Unknown")
        UNKNOWN
    }
}

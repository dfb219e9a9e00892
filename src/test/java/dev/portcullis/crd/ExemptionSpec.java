package dev.portcullis.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** The {@code spec} of an exemption. */
record ExemptionSpec(
        @JsonPropertyDescription("The workload that has the leave.") @Required
        Subject subject,

        @JsonPropertyDescription("What it may fail: ids of checks, and rules/NAME.") @Required @Size(min = 1, max = 100) List<@Size(max = 80) String> checks,

        @JsonPropertyDescription("Who answers for it.") @Required @Size(min = 1, max = Names.LONGEST_TEXT) String owner,

        @JsonPropertyDescription("Why it is needed.") @Required @Size(min = 1, max = Names.LONGEST_TEXT) String reason,

        @JsonPropertyDescription("From this moment on it counts no more.") @Required
        String expiresAt) {

    /** A workload. */
    @ValidationRule(
            value = "self.platform != 'kubernetes' || has(self.namespace)",
            message = "write the namespace of the workload")
    @ValidationRule(
            value = "self.platform != 'docker' || !has(self.namespace)",
            message = "Docker has no namespaces: remove it",
            fieldPath = ".namespace")
    record Subject(
            @Default("kubernetes") Platform platform,

            @Pattern(Names.LABEL) @Size(max = Names.LONGEST_LABEL) String namespace,

            @Required @Size(max = Names.LONGEST_LABEL) String kind,

            @Required @Size(min = 1, max = Names.LONGEST_TEXT) String name,

            @JsonPropertyDescription("Those it is for; absent is all of them.") @Size(min = 1, max = 100) List<@Size(max = Names.LONGEST_NAME) String> containers) {}
}

package dev.portcullis.crd;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a failed check leads to. */
enum Mode {
    @JsonProperty("enforce")
    ENFORCE,
    @JsonProperty("warn")
    WARN,
    @JsonProperty("audit")
    AUDIT,
    @JsonProperty("off")
    OFF
}

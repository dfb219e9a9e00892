package broken.portcullis.policy;

/** Breaks nothing: something to know. */
public record Rule(String name) {}

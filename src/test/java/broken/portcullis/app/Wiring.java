package broken.portcullis.app;

/** Breaks nothing: something to know. */
public record Wiring(String name) {}

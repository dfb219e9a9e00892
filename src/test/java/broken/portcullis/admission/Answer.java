package broken.portcullis.admission;

/** Breaks nothing: something to know. */
public record Answer(boolean allowed) {}

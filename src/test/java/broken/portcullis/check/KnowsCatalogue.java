package broken.portcullis.check;

import broken.portcullis.catalogue.ReadsClock;

/** Looks upwards, which also closes a cycle. */
public record KnowsCatalogue(ReadsClock clock) {}

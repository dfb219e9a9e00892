package broken.portcullis.misc;

/** In a package that the architecture does not name. */
record HasNoPlace(String name) {}

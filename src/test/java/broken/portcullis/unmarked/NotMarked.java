package broken.portcullis.unmarked;

import org.jspecify.annotations.NullMarked;

/** In a package without package-info. */
@NullMarked
record NotMarked(String name) {}

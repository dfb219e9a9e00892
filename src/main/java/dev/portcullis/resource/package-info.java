/** Reads {@code HardeningPolicy} resources, and tells everything that is wrong with them by file, line and column. */
@NullMarked
package dev.portcullis.resource;

import org.jspecify.annotations.NullMarked;

/** Reads HardeningPolicy resources. */
@NullMarked
package dev.portcullis.resource;

import org.jspecify.annotations.NullMarked;

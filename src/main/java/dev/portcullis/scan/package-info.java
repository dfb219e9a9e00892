/** Looks at what runs, rather than at what is asked for. */
@NullMarked
package dev.portcullis.scan;

import org.jspecify.annotations.NullMarked;

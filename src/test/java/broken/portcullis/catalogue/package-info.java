/** Broken on purpose: a sample that the architecture's rules must reject. */
@NullMarked
package broken.portcullis.catalogue;

import org.jspecify.annotations.NullMarked;

/** Broken on purpose: a sample that the architecture's rules must reject. */
@NullMarked
package broken.portcullis.workload;

import org.jspecify.annotations.NullMarked;

/** The neutral model of what every platform starts: records only, holding effective values and where they come from. */
@NullMarked
package dev.portcullis.workload;

import org.jspecify.annotations.NullMarked;

/** Reads, compares and flattens seccomp profiles, in moby's form and in that of the Open Container Initiative. */
@NullMarked
package dev.portcullis.seccomp;

import org.jspecify.annotations.NullMarked;

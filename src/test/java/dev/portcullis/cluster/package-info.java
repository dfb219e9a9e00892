/** Watches of a cluster, and what API servers do to them. */
@NullMarked
package dev.portcullis.cluster;

import org.jspecify.annotations.NullMarked;

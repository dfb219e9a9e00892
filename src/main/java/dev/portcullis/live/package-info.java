/** The policies in force: from files or a cluster, replaced as a whole whenever those change. */
@NullMarked
package dev.portcullis.live;

import org.jspecify.annotations.NullMarked;

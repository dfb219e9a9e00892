/** The custom resources as records, of which their definitions are generated; the gate itself reads trees. */
@NullMarked
package dev.portcullis.crd;

import org.jspecify.annotations.NullMarked;

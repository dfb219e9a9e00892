/** Reads JSON and YAML text into trees, strictly and as Kubernetes reads it, with the position of every value. */
@NullMarked
package dev.portcullis.document;

import org.jspecify.annotations.NullMarked;

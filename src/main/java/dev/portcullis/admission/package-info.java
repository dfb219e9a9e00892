/** Kubernetes admission over HTTP: {@code /validate} and {@code /mutate}. */
@NullMarked
package dev.portcullis.admission;

import org.jspecify.annotations.NullMarked;

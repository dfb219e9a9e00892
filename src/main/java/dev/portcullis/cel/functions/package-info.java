/** The functions that Kubernetes adds to CEL, with the values they make. */
@NullMarked
package dev.portcullis.cel.functions;

import org.jspecify.annotations.NullMarked;

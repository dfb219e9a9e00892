/** Tests of the functions that Kubernetes adds to CEL. */
@NullMarked
package dev.portcullis.cel.functions;

import org.jspecify.annotations.NullMarked;

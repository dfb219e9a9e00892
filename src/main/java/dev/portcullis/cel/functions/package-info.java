/** Kubernetes' libraries of values for CEL: what dev.cel does not bring along. */
@NullMarked
package dev.portcullis.cel.functions;

import org.jspecify.annotations.NullMarked;

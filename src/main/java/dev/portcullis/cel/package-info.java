/** Rules of one's own: compiles and evaluates CEL expressions as Kubernetes does, within a budget. */
@NullMarked
package dev.portcullis.cel;

import org.jspecify.annotations.NullMarked;

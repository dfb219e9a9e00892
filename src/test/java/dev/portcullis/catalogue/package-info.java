/** The checks against their fixtures, and against Kubernetes' own verdicts on generated pods. */
@NullMarked
package dev.portcullis.catalogue;

import org.jspecify.annotations.NullMarked;

/** Amounts as Kubernetes writes them. */
@NullMarked
package dev.portcullis.kubernetes;

import org.jspecify.annotations.NullMarked;

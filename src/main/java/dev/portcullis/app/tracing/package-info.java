/** Spans of admission, for those who follow a request through a cluster (ADR 0023). */
@NullMarked
package dev.portcullis.app.tracing;

import org.jspecify.annotations.NullMarked;

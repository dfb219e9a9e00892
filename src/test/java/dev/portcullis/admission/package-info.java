/** Admission decisions, on reviews as API servers send them. */
@NullMarked
package dev.portcullis.admission;

import org.jspecify.annotations.NullMarked;

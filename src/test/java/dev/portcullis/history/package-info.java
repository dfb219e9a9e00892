/** Tests of the history, on every database it can be kept in. */
@NullMarked
package dev.portcullis.history;

import org.jspecify.annotations.NullMarked;

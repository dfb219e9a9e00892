/** What the hot path costs. Run by hand, never by the tests. */
@NullMarked
package dev.portcullis.benchmark;

import org.jspecify.annotations.NullMarked;

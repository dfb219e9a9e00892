/** What tests of several packages need: the shared test data and the authorities to compare with. */
@NullMarked
package dev.portcullis.testing;

import org.jspecify.annotations.NullMarked;

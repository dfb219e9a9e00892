/** Tests of admission. */
@NullMarked
package dev.portcullis.admission;

import org.jspecify.annotations.NullMarked;

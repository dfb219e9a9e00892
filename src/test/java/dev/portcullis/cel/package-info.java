/** Tests of the evaluation of rules. */
@NullMarked
package dev.portcullis.cel;

import org.jspecify.annotations.NullMarked;

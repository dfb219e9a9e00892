/** Tests of the project as a whole: its launcher and its structure. */
@NullMarked
package dev.portcullis;

import org.jspecify.annotations.NullMarked;

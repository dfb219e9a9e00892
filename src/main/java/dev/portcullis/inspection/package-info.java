/** Judges any document a person hands over: finds out what it is, has it read, evaluates it and writes the report form. */
@NullMarked
package dev.portcullis.inspection;

import org.jspecify.annotations.NullMarked;

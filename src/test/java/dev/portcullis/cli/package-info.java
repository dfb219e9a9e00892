/** The command line as a user types it. */
@NullMarked
package dev.portcullis.cli;

import org.jspecify.annotations.NullMarked;

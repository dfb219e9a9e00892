/** The command line. Starts without Spring: only {@code serve} brings that in. */
@NullMarked
package dev.portcullis.cli;

import org.jspecify.annotations.NullMarked;

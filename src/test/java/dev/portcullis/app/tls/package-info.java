/** The certificates that the program makes for itself. */
@NullMarked
package dev.portcullis.app.tls;

import org.jspecify.annotations.NullMarked;

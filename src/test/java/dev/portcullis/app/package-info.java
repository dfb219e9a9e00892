/** The HTTP edge, against a server really started. */
@NullMarked
package dev.portcullis.app;

import org.jspecify.annotations.NullMarked;

/** Who may see the console: what needs no server to be tried. */
@NullMarked
package dev.portcullis.access;

import org.jspecify.annotations.NullMarked;

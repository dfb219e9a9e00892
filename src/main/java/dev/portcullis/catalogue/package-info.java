/** Every check, one file each, and the list of them all. Pure: no input or output, no clock. */
@NullMarked
package dev.portcullis.catalogue;

import org.jspecify.annotations.NullMarked;

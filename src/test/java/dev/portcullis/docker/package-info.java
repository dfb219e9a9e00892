/** Tests of the Docker adapter. */
@NullMarked
package dev.portcullis.docker;

import org.jspecify.annotations.NullMarked;

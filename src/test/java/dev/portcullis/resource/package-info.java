/** Tests of reading policies. */
@NullMarked
package dev.portcullis.resource;

import org.jspecify.annotations.NullMarked;

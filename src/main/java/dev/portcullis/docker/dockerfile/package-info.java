/** Reads Dockerfiles as BuildKit's own parser does, and makes neutral records of what they say. */
@NullMarked
package dev.portcullis.docker.dockerfile;

import org.jspecify.annotations.NullMarked;

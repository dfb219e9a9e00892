/** Compares the reading of Dockerfiles with that of BuildKit. */
@NullMarked
package dev.portcullis.docker.dockerfile;

import org.jspecify.annotations.NullMarked;

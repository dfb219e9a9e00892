/** Reads command lines of {@code docker run} and {@code docker create} as the docker client would send them to an engine. */
@NullMarked
package dev.portcullis.docker.run;

import org.jspecify.annotations.NullMarked;

/** Resolves compose files as Docker Compose does: variables, merges, extensions and inclusions, up to what each service says. */
@NullMarked
package dev.portcullis.docker.compose;

import org.jspecify.annotations.NullMarked;

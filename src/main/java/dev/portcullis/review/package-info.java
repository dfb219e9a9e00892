/** Dry runs and container reviews over HTTP: {@code /review} and {@code /containers/review}. */
@NullMarked
package dev.portcullis.review;

import org.jspecify.annotations.NullMarked;

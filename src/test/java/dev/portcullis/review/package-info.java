/** What the review routes answer. */
@NullMarked
package dev.portcullis.review;

import org.jspecify.annotations.NullMarked;

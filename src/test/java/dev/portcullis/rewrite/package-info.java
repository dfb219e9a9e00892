/** Tests of writing changes into texts. */
@NullMarked
package dev.portcullis.rewrite;

import org.jspecify.annotations.NullMarked;

/** Writes changes into the text of YAML and JSON documents and leaves every other character as it is. */
@NullMarked
package dev.portcullis.rewrite;

import org.jspecify.annotations.NullMarked;

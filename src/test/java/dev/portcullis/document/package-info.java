/** Tests of reading JSON and YAML. */
@NullMarked
package dev.portcullis.document;

import org.jspecify.annotations.NullMarked;

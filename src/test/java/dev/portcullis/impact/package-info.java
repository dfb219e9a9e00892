/** What a change of policies would change. */
@NullMarked
package dev.portcullis.impact;

import org.jspecify.annotations.NullMarked;

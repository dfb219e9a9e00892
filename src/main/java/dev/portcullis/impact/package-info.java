/** What a change of policies would change: the same matters judged by those there are and by those that are to be. */
@NullMarked
package dev.portcullis.impact;

import org.jspecify.annotations.NullMarked;

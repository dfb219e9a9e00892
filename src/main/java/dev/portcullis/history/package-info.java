/**
 * The history of decisions: an append-only log in a database, chained by hashes, what can be asked of it, and what is kept
 * for how long.
 */
@NullMarked
package dev.portcullis.history;

import org.jspecify.annotations.NullMarked;

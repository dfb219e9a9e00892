/** How what is in force follows what changes, and what breaks it. */
@NullMarked
package dev.portcullis.live;

import org.jspecify.annotations.NullMarked;

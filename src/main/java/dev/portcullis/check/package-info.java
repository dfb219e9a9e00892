/** What a check is and what it says: its description, its findings and the fix each one carries. */
@NullMarked
package dev.portcullis.check;

import org.jspecify.annotations.NullMarked;

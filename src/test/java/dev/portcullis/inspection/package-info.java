/** Where findings stand in their texts, and the forms of reports. */
@NullMarked
package dev.portcullis.inspection;

import org.jspecify.annotations.NullMarked;

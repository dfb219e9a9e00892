/** Tests of notifications, with servers that take them. */
@NullMarked
package dev.portcullis.notify;

import org.jspecify.annotations.NullMarked;

/** The edge that every feature's HTTP routes share: exact routes by port, bounded bodies, and errors as JSON. */
@NullMarked
package dev.portcullis.http;

import org.jspecify.annotations.NullMarked;

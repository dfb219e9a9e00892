/** The serving certificate: made on first start or read from files, renewed, and reloaded without a restart. */
@NullMarked
package dev.portcullis.app.tls;

import org.jspecify.annotations.NullMarked;

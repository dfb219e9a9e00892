/** Registers the gate with an API server, one of several gates at a time, and opens it in an emergency. */
@NullMarked
package dev.portcullis.registration;

import org.jspecify.annotations.NullMarked;

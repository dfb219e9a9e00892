/** Reads what Docker clients send to the Engine API, exactly as the engine's Go code reads it, or refuses it. */
@NullMarked
package dev.portcullis.docker;

import org.jspecify.annotations.NullMarked;

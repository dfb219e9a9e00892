/** Decides what a Docker engine is asked for, by its API's routes and bodies and by what the engine says of itself. */
@NullMarked
package dev.portcullis.engine;

import org.jspecify.annotations.NullMarked;

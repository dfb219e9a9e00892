/** A Docker socket in front of the engine's own: asks a gate about each request, and passes on what the gate lets through. */
@NullMarked
package dev.portcullis.proxy;

import org.jspecify.annotations.NullMarked;

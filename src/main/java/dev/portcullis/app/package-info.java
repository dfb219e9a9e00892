/** The program: Spring Boot main, wiring and properties; the only package that knows all others. */
@NullMarked
package dev.portcullis.app;

import org.jspecify.annotations.NullMarked;

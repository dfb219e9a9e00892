/** What people and programs ask of the console: its API. */
@NullMarked
package dev.portcullis.console;

import org.jspecify.annotations.NullMarked;

/** Tests of asking registries. */
@NullMarked
package dev.portcullis.registry;

import org.jspecify.annotations.NullMarked;

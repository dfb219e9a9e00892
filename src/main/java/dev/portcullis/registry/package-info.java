/** Asks image registries where tags point, beside the decisions, and keeps the answers. */
@NullMarked
package dev.portcullis.registry;

import org.jspecify.annotations.NullMarked;

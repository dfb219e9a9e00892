/** Evaluation by several policies, and what breaks it. */
@NullMarked
package dev.portcullis.policy;

import org.jspecify.annotations.NullMarked;

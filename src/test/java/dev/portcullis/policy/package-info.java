/** Tests of policy. */
@NullMarked
package dev.portcullis.policy;

import org.jspecify.annotations.NullMarked;

/** Which checks apply to what and how strictly: profiles, policies, their evaluation and the decision. */
@NullMarked
package dev.portcullis.policy;

import org.jspecify.annotations.NullMarked;

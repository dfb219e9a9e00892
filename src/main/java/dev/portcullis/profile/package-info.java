/** Makes AppArmor and seccomp profiles from what workloads and descriptions say: what a container needs, and its name. */
@NullMarked
package dev.portcullis.profile;

import org.jspecify.annotations.NullMarked;

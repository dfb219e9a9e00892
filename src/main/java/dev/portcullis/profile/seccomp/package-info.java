/** Makes seccomp profiles from what was recorded of a program, and puts them into Kubernetes' objects. */
@NullMarked
package dev.portcullis.profile.seccomp;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.portcullis.seccomp;

import org.jspecify.annotations.NullMarked;

/** Tells what profiles of nodes forbid that a container evidently needs. */
@NullMarked
package dev.portcullis.profile.check;

import org.jspecify.annotations.NullMarked;

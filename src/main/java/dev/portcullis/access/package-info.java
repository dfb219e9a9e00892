/** Who may see the console, and how far: tokens, sessions, a cluster's own users, and an identity provider. */
@NullMarked
package dev.portcullis.access;

import org.jspecify.annotations.NullMarked;

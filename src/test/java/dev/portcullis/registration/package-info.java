/** What is registered with an API server. */
@NullMarked
package dev.portcullis.registration;

import org.jspecify.annotations.NullMarked;

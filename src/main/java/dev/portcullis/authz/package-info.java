/** The Docker authorization plugin: what an engine asks before and after it answers a request. */
@NullMarked
package dev.portcullis.authz;

import org.jspecify.annotations.NullMarked;

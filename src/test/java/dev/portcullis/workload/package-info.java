/** Names of images as runtimes read them. */
@NullMarked
package dev.portcullis.workload;

import org.jspecify.annotations.NullMarked;

/** End-to-end tests: the product's jar asked by a real Kubernetes API server, seen through kubectl and a client. */
@NullMarked
package dev.portcullis.e2e;

import org.jspecify.annotations.NullMarked;

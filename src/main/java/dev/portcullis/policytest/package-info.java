/** Runs tests of policies: judges the resources they name and compares what came of it with what they expect. */
@NullMarked
package dev.portcullis.policytest;

import org.jspecify.annotations.NullMarked;

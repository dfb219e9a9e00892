/** The chart, the manifests made of it, and what is beside them. */
@NullMarked
package dev.portcullis.chart;

import org.jspecify.annotations.NullMarked;

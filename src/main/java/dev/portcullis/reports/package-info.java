/** Writes what is found in a cluster into report resources that others read: OpenReports and PolicyReports. */
@NullMarked
package dev.portcullis.reports;

import org.jspecify.annotations.NullMarked;

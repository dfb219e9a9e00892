@NullMarked
package dev.portcullis.docker.run;

import org.jspecify.annotations.NullMarked;

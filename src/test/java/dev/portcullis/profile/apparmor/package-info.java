@NullMarked
package dev.portcullis.profile.apparmor;

import org.jspecify.annotations.NullMarked;

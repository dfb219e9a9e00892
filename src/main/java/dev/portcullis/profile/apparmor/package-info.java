/** Writes AppArmor profiles, and reads the descriptions that bane took. */
@NullMarked
package dev.portcullis.profile.apparmor;

import org.jspecify.annotations.NullMarked;

package dev.portcullis.profile.apparmor;

/** What happens to what a profile does not allow. */
public enum Mode {
    /** It is denied. */
    enforce,
    /** It is allowed, and logged. */
    complain
}

package dev.portcullis.profile.apparmor;

/** How a profile is written. */
public enum Style {
    /** Nothing is allowed but what is listed. */
    ALLOW_LIST("allow-list"),
    /** Everything is allowed but what engines' own profiles deny, and what is said to be read-only or forbidden. */
    DOCKER_DEFAULT("docker-default");

    private final String text;

    Style(String text) {
        this.text = text;
    }

    /** As users name it. */
    @Override
    public String toString() {
        return text;
    }
}

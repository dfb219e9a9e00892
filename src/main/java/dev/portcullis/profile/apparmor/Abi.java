package dev.portcullis.profile.apparmor;

import java.nio.file.Files;
import java.nio.file.Path;

/** The features of AppArmor that a profile is written for. */
public enum Abi {
    /** Debian 11 and newer, Ubuntu 20.04 and newer: what every kernel of today understands. */
    V3("3.0"),
    /** Ubuntu 24.04 and newer, Debian 13 and newer: user namespaces, message queues and io_uring are mediated too. */
    V4("4.0");

    private final String text;

    Abi(String text) {
        this.text = text;
    }

    /**
     * The newest one that an installed parser knows.
     *
     * @param folder AppArmor's, {@code /etc/apparmor.d}
     */
    public static Abi installed(Path folder) {
        return Files.exists(folder.resolve("abi").resolve(V4.text)) ? V4 : V3;
    }

    /** The number. */
    @Override
    public String toString() {
        return text;
    }
}

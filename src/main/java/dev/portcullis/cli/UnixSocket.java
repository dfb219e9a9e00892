package dev.portcullis.cli;

import dev.portcullis.check.Words;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Sockets as {@code docker --host} names them. */
final class UnixSocket {
    /** Where an engine listens unless it is told otherwise. */
    static final String ENGINE = "unix:///var/run/docker.sock";

    private static final String SCHEME = "unix://";

    private UnixSocket() {}

    /**
     * The file of a socket.
     *
     * @param option that names it
     * @throws ParameterException where it is no absolute path after {@code unix://}
     */
    static Path path(CommandLine command, String option, String address) {
        if (!address.startsWith(SCHEME + "/")) {
            throw new ParameterException(
                    command,
                    option + " is " + Words.value(address) + ": write unix:// and an absolute path, as in"
                            + " unix:///run/portcullis/docker.sock");
        }
        try {
            return Path.of(address.substring(SCHEME.length()));
        } catch (InvalidPathException invalid) {
            throw new ParameterException(
                    command, option + " is " + Words.value(address) + ", which names no file", invalid);
        }
    }
}

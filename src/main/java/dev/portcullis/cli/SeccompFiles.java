package dev.portcullis.cli;

import dev.portcullis.document.UnreadableException;
import dev.portcullis.seccomp.ProfileReader;
import dev.portcullis.seccomp.RuntimeDefault;
import dev.portcullis.seccomp.SeccompException;
import dev.portcullis.seccomp.SeccompProfile;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Reads seccomp profiles that the user named. */
final class SeccompFiles {
    /** What the runtime's default is called. */
    static final String DEFAULT = "default";

    private SeccompFiles() {}

    /**
     * The profile of a file, or the runtime's default.
     *
     * @param option at which it is named, for the message
     */
    static SeccompProfile read(CommandLine command, String option, String file) {
        if (file.equals(DEFAULT)) {
            return RuntimeDefault.profile();
        }
        ContainerSource.Text text = ContainerSource.read(command, option, file);
        try {
            return ProfileReader.read(text.bytes());
        } catch (UnreadableException | SeccompException wrong) {
            throw new ParameterException(command, file + ": " + wrong.getMessage(), wrong);
        }
    }
}

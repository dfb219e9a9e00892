package dev.portcullis.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Why something was not judged, as the user is told.
 *
 * @param vanished whether a folder listed it, and it was gone when it was to be read
 */
record ReadProblem(String text, boolean vanished) {
    /**
     * Why a file could not be read.
     *
     * @param named whether the user named the file itself, not a folder above it
     */
    static ReadProblem of(Path file, boolean named, IOException failed) {
        if (failed instanceof NoSuchFileException) {
            return gone(file, named);
        }
        return new ReadProblem("cannot be read: " + reason(failed), false);
    }

    /** What a system says; the messages of some exceptions are the file's name alone. */
    static String reason(IOException failed) {
        return switch (failed) {
            case AccessDeniedException denied -> "permission is denied";
            case NoSuchFileException gone -> "it went away meanwhile";
            default -> String.valueOf(failed.getMessage());
        };
    }

    private static ReadProblem gone(Path file, boolean named) {
        if (named) {
            return new ReadProblem("no such file or folder", false);
        }
        return Files.isSymbolicLink(file)
                ? new ReadProblem("leads nowhere", false)
                : new ReadProblem("went away while the folder was read", true);
    }

    /** One file must not hide what was found in the others. */
    static ReadProblem of(RuntimeException broken) {
        String what = broken.getClass().getSimpleName();
        return new ReadProblem(
                "cannot be judged, which is a mistake of Portcullis: please report it (" + what + ")", false);
    }
}

package dev.portcullis.inspection;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How tools that know a repository name what was judged: relative to the working folder where it lies below it. */
final class SourceName {
    private static final Path WORKING_FOLDER = Path.of("").toAbsolutePath();

    private SourceName() {}

    /**
     * A path with slashes, {@code deploy/web.yaml}; {@code stdin} for standard input and a request's body.
     *
     * @param source as the user named it, null for a request's body
     */
    static String path(@Nullable String source) {
        if (source == null || source.equals("-")) {
            return "stdin";
        }
        try {
            Path path = Path.of(source).toAbsolutePath().normalize();
            Path told = path.startsWith(WORKING_FOLDER) ? WORKING_FOLDER.relativize(path) : path;
            return told.toString().replace(told.getFileSystem().getSeparator(), "/");
        } catch (InvalidPathException noPath) {
            return source;
        }
    }

    /** The same as a URI reference, {@code deploy/my%20web.yaml}; absolute where it lies elsewhere. */
    static String uri(@Nullable String source) {
        String path = path(source);
        try {
            // Relative references begin with ./ where their first segment could be taken for a scheme.
            return path.startsWith("/")
                    ? new URI("file", "", path, null).toASCIIString()
                    : new URI(null, null, "./" + path, null).toASCIIString().substring(path.contains(":") ? 0 : 2);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

package dev.portcullis.app;

import dev.portcullis.engine.SocketPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The place of the socket on which a Docker engine asks. */
final class PluginSocket {
    /** What others may do with the folder at most: who can write to it can put another socket in its place. */
    static final String FOLDER = "rwxr-xr-x";

    private PluginSocket() {}

    /**
     * Makes room for it: the folder where it is missing, and away with the socket of a server that has ended.
     *
     * @throws MisconfiguredException where somebody listens there, or something else is there
     */
    static void prepare(Path socket) {
        try {
            Path folder = socket.toAbsolutePath().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(FOLDER)));
            }
            makeRoom(socket);
            if (folder != null) {
                requireOwn(folder, socket);
            }
        } catch (IOException e) {
            throw new MisconfiguredException("the socket " + socket + " cannot be made: " + e, e);
        }
    }

    private static void requireOwn(Path folder, Path socket) throws IOException {
        if (!PosixFilePermissions.fromString(FOLDER).containsAll(Files.getPosixFilePermissions(folder))) {
            throw new MisconfiguredException("the socket " + socket + " cannot be made: others may write to its folder;"
                    + " name it in one of root's, such as /run/docker/plugins");
        }
        if (!Files.isWritable(folder)) {
            throw new MisconfiguredException(
                    "the socket " + socket + " cannot be made: its folder may not be written to by this user");
        }
    }

    private static void makeRoom(Path socket) throws IOException {
        switch (SocketPlace.at(socket)) {
            case FREE -> {}
            case LEFT_OVER -> Files.delete(socket);
            case TAKEN ->
                throw new MisconfiguredException(
                        "somebody listens on " + socket + " already: stop it, or name another socket");
            case NO_SOCKET ->
                throw new MisconfiguredException(socket + " is there and is no socket: remove it, or name another one");
        }
    }
}

package dev.portcullis.app;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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
            if (Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
                replace(socket);
            }
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

    private static void replace(Path socket) throws IOException {
        boolean other = Files.readAttributes(socket, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther();
        if (!other) {
            throw new MisconfiguredException(socket + " is there and is no socket: remove it, or name another one");
        }
        if (answers(socket)) {
            throw new MisconfiguredException(
                    "somebody listens on " + socket + " already: stop it, or name another socket");
        }
        Files.delete(socket);
    }

    private static boolean answers(Path socket) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException nobody) {
            return false;
        }
    }
}

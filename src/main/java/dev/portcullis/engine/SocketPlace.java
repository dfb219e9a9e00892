package dev.portcullis.engine;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What is found where a unix socket is to be made. */
public enum SocketPlace {
    /** Nothing. */
    FREE,
    /** A socket that is left over: nobody listens on it. */
    LEFT_OVER,
    /** A socket on which somebody listens. */
    TAKEN,
    /** Something else, a link included. */
    NO_SOCKET;

    /** Looks, and knocks on what is there. */
    public static SocketPlace at(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return FREE;
        }
        if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            return NO_SOCKET;
        }
        try (SocketChannel knock = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            knock.connect(UnixDomainSocketAddress.of(path));
            return TAKEN;
        } catch (IOException nobodyListens) {
            return LEFT_OVER;
        }
    }
}

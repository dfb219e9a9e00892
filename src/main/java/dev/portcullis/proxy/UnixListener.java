package dev.portcullis.proxy;

import dev.portcullis.engine.SocketPlace;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A socket in the file system, for its owner and its group. */
final class UnixListener implements AutoCloseable {
    private static final String MODE = "rw-rw----";

    private final ServerSocketChannel channel;
    private final Path path;
    private final @Nullable Object file;

    private UnixListener(ServerSocketChannel channel, Path path, @Nullable Object file) {
        this.channel = channel;
        this.path = path;
        this.file = file;
    }

    /**
     * Listens. What is left of a listener that is gone is replaced; the file appears with its mode, never open to others
     * before.
     *
     * @throws IOException with a sentence, where another file is there or somebody listens already
     */
    static UnixListener bind(Path path) throws IOException {
        Path place = path.toAbsolutePath().normalize();
        requireFree(place);
        Path unready = place.resolveSibling(place.getFileName() + "~");
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            Files.deleteIfExists(unready);
            channel.bind(UnixDomainSocketAddress.of(unready));
            Files.setPosixFilePermissions(unready, PosixFilePermissions.fromString(MODE));
            Files.move(unready, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new UnixListener(channel, place, key(place));
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw new IOException("cannot listen at " + place + ": " + failure.getMessage(), failure);
        }
    }

    /** What is left over is replaced. */
    private static void requireFree(Path place) throws IOException {
        switch (SocketPlace.at(place)) {
            case FREE, LEFT_OVER -> {}
            case TAKEN ->
                throw new IOException(
                        "somebody listens at " + place + " already: stop that first, or name another path");
            case NO_SOCKET ->
                throw new IOException(place + " is there and is no socket: name another path, or move it away");
        }
    }

    private static @Nullable Object key(Path place) throws IOException {
        return Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    SocketChannel accept() throws IOException {
        return channel.accept();
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Listens no more, and takes the file away unless it is another's by now. */
    @Override
    public void close() throws IOException {
        channel.close();
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && Objects.equals(file, key(path))) {
            Files.delete(path);
        }
    }
}

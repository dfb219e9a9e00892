package dev.portcullis.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * One end of a conversation: a socket, and what it has sent that is not yet used. One thread receives while another
 * sends; any may end it.
 */
final class Peer implements AutoCloseable {
    private static final int BUFFER = 32 * 1024;

    private final SocketChannel channel;
    private final ByteBuffer received = ByteBuffer.allocate(BUFFER).limit(0);

    Peer(SocketChannel channel) {
        this.channel = channel;
    }

    /** What has come and is not yet used. */
    ByteBuffer received() {
        return received;
    }

    /**
     * Waits for more, after all that came before has been used.
     *
     * @return false where there will be no more
     */
    boolean receive() throws IOException {
        received.clear().limit(0);
        ByteBuffer free = received.duplicate().clear();
        int count = channel.read(free);
        received.limit(Math.max(count, 0));
        return count > 0;
    }

    /** Sends everything, however long that takes: this is what holds back whoever sends faster than the other reads. */
    void send(ByteBuffer... parts) throws IOException {
        for (ByteBuffer part : parts) {
            while (part.hasRemaining()) {
                channel.write(parts);
            }
        }
    }

    /** Passes on to another what comes, until no more does. */
    void pump(Peer to) throws IOException {
        while (received.hasRemaining() || receive()) {
            to.send(received);
        }
    }

    /** The other side reads the end of what is sent; it may still send. */
    void endOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException gone) {
            close();
        }
    }

    /** Whoever waits for more gets none. */
    void endInput() {
        try {
            channel.shutdownInput();
        } catch (IOException gone) {
            close();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException gone) {
            // It is closed all the same.
            return;
        }
    }
}

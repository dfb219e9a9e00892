package dev.portcullis.policy;

import java.util.Locale;

/** What a Docker engine can be asked for that no gate sees the whole of, so that it is denied unless a policy opens it. */
public enum ClosedRoute {
    /** Builds an image of files and commands that only the engine sees. */
    BUILD,
    /** Brings in images from an archive of images. */
    LOAD,
    /** Makes an image of an archive of files. */
    IMPORT,
    /** Writes files into a container, and reads files out of one. */
    ARCHIVE,
    /** Hands out all files of a container or an image. */
    EXPORT,
    /** Sends an image to a registry. */
    PUSH,
    /** Keeps the memory of a container, and starts one from what was kept. */
    CHECKPOINT,
    /** The stream by which BuildKit reaches the client. */
    SESSION,
    /** The stream by which clients reach BuildKit. */
    GRPC;

    /** The name in policies. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.portcullis.docker.compose;

import dev.portcullis.workload.FieldPath;

/** What the parts of one project may come to together, so that a small file cannot become a large one. */
final class Bounds {
    /** Files that one file may include or extend in all. */
    static final int MOST_FILES = 256;
    /** Values that extensions, inclusions and merges may make. */
    static final int MOST_MADE = 200_000;

    /** Ports that all services may publish and expose, ranges written out. */
    static final int MOST_PORTS = 20_000;

    private int files;
    private int ports;
    private long made;
    private long built;

    void file(FieldPath path) throws ComposeException {
        files++;
        if (files > MOST_FILES) {
            throw new ComposeException(path, "is one file too many", "name at most " + MOST_FILES + " files");
        }
    }

    void ports(FieldPath path, int size) throws ComposeException {
        ports += size;
        if (ports > MOST_PORTS) {
            throw new ComposeException(
                    path, "brings the file to more than " + MOST_PORTS + " ports", "publish and expose fewer");
        }
    }

    /** Counts values that a merge makes. */
    void make(FieldPath path, int values) throws ComposeException {
        made += values;
        if (made > MOST_MADE) {
            throw new ComposeException(
                    path, "makes the file too large with what is merged", "extend less, or split the file");
        }
    }

    /**
     * Counts values of services as they are read.
     *
     * @param written how many the file itself has
     */
    void build(FieldPath path, long values, long written) throws ComposeException {
        built += values;
        if (built > written + MOST_MADE) {
            throw new ComposeException(
                    path, "makes the file too large with what services share", "share less, or split the file");
        }
    }
}

package dev.portcullis.live;

import dev.portcullis.resource.PolicyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What tells whether the files of policies are as they were: it costs no reading of them. */
record FileState(Map<Path, String> marks) {
    /** Beside size and time: an inode changes with what is moved into place, the ctime with every write. */
    private static final String UNIX = "unix:size,lastModifiedTime,ctime,ino";

    private static final String ANYWHERE = "size,lastModifiedTime,fileKey";

    static FileState of(Path fileOrFolder) {
        Map<Path, String> marks = new TreeMap<>();
        List<Path> files = PolicyFiles.list(fileOrFolder);
        if (files == null) {
            marks.put(fileOrFolder, "cannot be listed");
        } else {
            files.forEach(file -> marks.put(file, mark(file)));
        }
        return new FileState(marks);
    }

    private static String mark(Path file) {
        try {
            return attributes(file);
        } catch (IOException unreadable) {
            return "unreadable: " + unreadable.getClass().getSimpleName();
        }
    }

    private static String attributes(Path file) throws IOException {
        try {
            return new TreeMap<>(Files.readAttributes(file, UNIX)).toString();
        } catch (UnsupportedOperationException noUnix) {
            return new TreeMap<>(Files.readAttributes(file, ANYWHERE)).toString();
        }
    }

    boolean isEmpty() {
        return marks.isEmpty();
    }
}

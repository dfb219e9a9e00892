package dev.portcullis.cli;

import dev.portcullis.document.UnreadableException;
import dev.portcullis.inspection.Dockerfiles;
import dev.portcullis.inspection.Inspection;
import dev.portcullis.inspection.Inspector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Reads what the user named, as far as it can be read, and has it judged. What cannot be read is told, never dropped. Of a
 * folder only the files that are being judged are in memory, a few for each processor, and they are told in the order of
 * their names.
 */
final class Inputs implements AutoCloseable {
    /** Manifests are far smaller; a file above this is not one. */
    private static final int LARGEST_FILE = 64 << 20;

    /** Told of a file that is named outright. */
    static final String NOTHING_IN_FILE =
            "holds no pod, no controller of pods, no container-create body, no docker run, no service of a compose file, no Dockerfile and no container or image as docker inspect prints it";
    /** Told of a folder. */
    static final String NOTHING_IN_FOLDER = "holds no Dockerfile and no yaml, yml or json file with a document in it";

    private static final int FILES_AHEAD = 4;
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final Inspector inspector;
    private final ComposeFolders folders;
    private final InputStream standardInput;
    private final Consumer<Inspection> told;
    private final boolean namespacesWanted;
    private final ExecutorService judges = Executors.newFixedThreadPool(
            PROCESSORS, Thread.ofPlatform().daemon().factory());
    private volatile boolean vanished;

    /**
     * Nothing is read yet.
     *
     * @param told is given what came of each document, by the thread that calls {@link #add}
     * @param namespacesWanted whether a file that is named outright may hold namespaces alone
     */
    Inputs(
            Inspector inspector,
            ComposeFolders folders,
            InputStream standardInput,
            Consumer<Inspection> told,
            boolean namespacesWanted) {
        this.inspector = inspector;
        this.folders = folders;
        this.standardInput = standardInput;
        this.told = told;
        this.namespacesWanted = namespacesWanted;
    }

    /** Whether a file that a folder listed was gone when it was to be read. */
    boolean vanished() {
        return vanished;
    }

    @Override
    public void close() {
        judges.shutdownNow();
    }

    void add(String named) {
        if (named.equals("-")) {
            addOne("-", standardInput);
            return;
        }
        Path path = Path.of(named);
        if (Files.isDirectory(path)) {
            addFolder(path);
        } else {
            try (InputStream content = Files.newInputStream(path)) {
                addOne(named, content);
            } catch (IOException failed) {
                told.accept(unreadable(named, ReadProblem.of(path, true, failed).text()));
            }
        }
    }

    /** What was named outright must hold a workload, or what judging one takes. */
    private void addOne(String source, InputStream content) {
        List<Inspection> inspections = read(source, content);
        if (inspections.stream().allMatch(this::isUseless)) {
            told.accept(unreadable(source, NOTHING_IN_FILE));
        } else {
            inspections.forEach(told);
        }
    }

    private boolean isUseless(Inspection inspection) {
        return inspection instanceof Inspection.NoWorkload none
                && !(namespacesWanted && "Namespace".equals(none.kind()));
    }

    /**
     * All that an input holds.
     *
     * @throws IOException where it cannot be read, or is larger than any input may be
     */
    static byte[] bytes(InputStream content) throws IOException {
        byte[] text = content.readNBytes(LARGEST_FILE + 1);
        if (text.length > LARGEST_FILE) {
            throw new IOException("it is larger than " + (LARGEST_FILE >> 20) + " MiB");
        }
        return text;
    }

    private List<Inspection> read(String source, InputStream content) {
        try {
            return inspector.inspect(source, bytes(content), Integer.MAX_VALUE);
        } catch (UnreadableException unreadable) {
            return List.of(new Inspection.Unreadable(
                    source, unreadable.position(), String.valueOf(unreadable.getMessage()), true));
        } catch (IOException failed) {
            return List.of(unreadable(source, "cannot be read: " + failed.getMessage()));
        } catch (RuntimeException broken) {
            return List.of(unreadable(source, ReadProblem.of(broken).text()));
        }
    }

    private void addFolder(Path folder) {
        FolderFiles found = FolderFiles.below(folder, Inputs::mayHoldDocuments);
        found.problems().forEach((file, problem) -> told.accept(unreadable(file.toString(), problem)));
        boolean empty = judgeAll(found.files()) && found.problems().isEmpty();
        if (empty) {
            told.accept(unreadable(folder.toString(), NOTHING_IN_FOLDER));
        }
    }

    /** Whether a file of a folder is read, by its name in lower case. */
    static boolean mayHoldDocuments(String name) {
        return Dockerfiles.isNamed(name) || FolderFiles.isYamlOrJson(name);
    }

    /** Has files judged by all processors and tells of them in order; whether there was nothing to tell. */
    private boolean judgeAll(Collection<Path> files) {
        boolean empty = true;
        // Before any of them is read: whether a compose file stands alone depends on those beside it.
        files.removeIf(folders::isOverride);
        Queue<Future<List<Inspection>>> judging = new ArrayDeque<>();
        for (Path file : files) {
            judging.add(judges.submit(() -> read(file)));
            if (judging.size() > FILES_AHEAD * PROCESSORS) {
                empty &= tell(judging.remove());
            }
        }
        while (!judging.isEmpty()) {
            empty &= tell(judging.remove());
        }
        return empty;
    }

    private boolean tell(Future<List<Inspection>> judged) {
        try {
            List<Inspection> inspections = judged.get();
            inspections.forEach(told);
            return inspections.isEmpty();
        } catch (ExecutionException broken) {
            throw new IllegalStateException("a file could not be judged", broken.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while judging", stopped);
        }
    }

    private List<Inspection> read(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return read(file.toString(), content);
        } catch (IOException failed) {
            ReadProblem problem = ReadProblem.of(file, false, failed);
            if (problem.vanished()) {
                vanished = true;
            }
            return List.of(unreadable(file.toString(), problem.text()));
        }
    }

    private static Inspection unreadable(String source, String problem) {
        return new Inspection.Unreadable(source, null, problem, true);
    }
}

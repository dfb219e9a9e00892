package dev.portcullis.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A directory or file of the host, in one spelling: {@code .}, {@code ..}, doubled slashes and the symbolic links that
 * every distribution has are resolved by name alone.
 */
record HostPath(List<String> steps) {
    private static final Set<String> SOCKETS = Set.of(
            "docker.sock",
            "containerd.sock",
            "containerd.sock.ttrpc",
            "crio.sock",
            "cri-dockerd.sock",
            "podman.sock",
            "buildkitd.sock",
            "dockershim.sock");

    private static final Set<String> PIPES = Set.of("docker_engine", "containerd-containerd");

    static HostPath of(String text) {
        List<String> steps = new ArrayList<>();
        for (String step : text.replace('\\', '/').split("/", -1)) {
            if (step.equals("..")) {
                if (!steps.isEmpty()) {
                    steps.removeLast();
                }
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.add(step);
                follow(steps);
            }
        }
        return new HostPath(List.copyOf(steps));
    }

    /** The links that lead from one tree of the host into another. */
    private static void follow(List<String> steps) {
        int size = steps.size();
        String last = steps.getLast();
        if (size == 2 && steps.getFirst().equals("var") && last.equals("run")) {
            steps.removeFirst();
        } else if (size == 2 && steps.getFirst().equals("var") && last.equals("lock")) {
            steps.set(0, "run");
        } else if (size == 3
                && steps.getFirst().equals("proc")
                && (last.equals("root") || last.equals("cwd"))
                && isProcess(steps.get(1))) {
            steps.clear();
        }
    }

    private static boolean isProcess(String step) {
        return step.equals("self") || step.equals("thread-self") || step.chars().allMatch(Character::isDigit);
    }

    /** Whether the other is this or lies below it. */
    boolean contains(HostPath other) {
        return other.steps.size() >= steps.size()
                && other.steps.subList(0, steps.size()).equals(steps);
    }

    /** Whether one contains the other. */
    boolean overlaps(HostPath other) {
        return contains(other) || other.contains(this);
    }

    /** Whether its name is one that container runtimes give their socket, wherever it is. */
    boolean isRuntimeSocket() {
        if (steps.isEmpty()) {
            return false;
        }
        String name = steps.getLast();
        return SOCKETS.contains(name) || PIPES.contains(name.toLowerCase(Locale.ROOT));
    }
}

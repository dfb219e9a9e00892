package dev.portcullis.catalogue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A directory or file of the host, one step a name. One text can lead to several: an engine takes {@code ..} out of the text,
 * the kernel follows the links in it, so {@code /var/run/../spool} is {@code /var/spool} to one and {@code /spool} to the
 * other.
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

    /** Windows paths, of which both slashes are separators; elsewhere a backslash is a letter like any other. */
    private static final Pattern WINDOWS = Pattern.compile("\\\\.*|[A-Za-z]:.*", Pattern.DOTALL);

    private static final Set<String> LINKS_TO_USR = Set.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");

    /** What the text leads to as the kernel walks it, following the links that every distribution has. */
    static HostPath of(String text) {
        return walk(split(text), true);
    }

    /** Everything that the text may lead to. */
    static Set<HostPath> readings(String text) {
        HostPath literal = walk(split(text), false);
        return new HashSet<>(List.of(literal, walk(literal.steps, true), of(text)));
    }

    private static List<String> split(String text) {
        String path = WINDOWS.matcher(text).matches() ? text.replace('\\', '/') : text;
        return List.of(path.split("/", -1));
    }

    private static HostPath walk(List<String> names, boolean following) {
        List<String> steps = new ArrayList<>(names.size());
        for (String step : names) {
            if (step.equals("..")) {
                if (!steps.isEmpty()) {
                    steps.removeLast();
                }
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.add(step);
                if (following) {
                    follow(steps);
                }
            }
        }
        return new HostPath(List.copyOf(steps));
    }

    /** The links that lead from one tree of the host into another. */
    private static void follow(List<String> steps) {
        String last = steps.getLast();
        if (steps.size() == 1 && LINKS_TO_USR.contains(last)) {
            steps.addFirst("usr");
        } else if (steps.equals(List.of("var", "run"))) {
            steps.removeFirst();
        } else if (steps.equals(List.of("var", "lock"))) {
            steps.set(0, "run");
        } else if (isRootOfProcess(steps)) {
            steps.clear();
        }
    }

    /** {@code /proc/1/root}, {@code /proc/1/task/1/cwd}: the host's root again, as far as a name can tell. */
    private static boolean isRootOfProcess(List<String> steps) {
        String last = steps.getLast();
        if (!steps.getFirst().equals("proc") || !(last.equals("root") || last.equals("cwd"))) {
            return false;
        }
        return switch (steps.size()) {
            case 3 -> isProcess(steps.get(1));
            case 5 -> isProcess(steps.get(1)) && steps.get(2).equals("task") && isProcess(steps.get(3));
            default -> false;
        };
    }

    private static boolean isProcess(String step) {
        return step.equals("self") || step.equals("thread-self") || step.chars().allMatch(Character::isDigit);
    }

    /** Whether the other is this or lies below it. */
    boolean contains(HostPath other) {
        return other.steps.size() >= steps.size()
                && other.steps.subList(0, steps.size()).equals(steps);
    }

    /** Whether its name is one that container runtimes give their socket, wherever it is. */
    boolean isRuntimeSocket() {
        if (steps.isEmpty()) {
            return false;
        }
        String name = steps.getLast();
        return SOCKETS.contains(name) || PIPES.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return "/" + String.join("/", steps);
    }
}

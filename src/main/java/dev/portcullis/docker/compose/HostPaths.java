package dev.portcullis.docker.compose;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths of the host as texts, whatever characters they have: they are compared and told, never opened. */
final class HostPaths {
    private HostPaths() {}

    /** A path below a folder without the steps that lead nowhere or back, as Docker Compose joins them. */
    static String below(String folder, String relative) {
        String start = folder.startsWith("/") ? folder : folder.replace('\\', '/');
        Deque<String> steps = new ArrayDeque<>();
        for (String step : (start + "/" + relative).split("/", -1)) {
            if (step.equals("..")) {
                steps.pollLast();
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.addLast(step);
            }
        }
        return (start.startsWith("/") ? "/" : "") + String.join("/", steps);
    }

    /** Whether a relative path leads out of the folder that it starts from. */
    static boolean leaves(String relative) {
        int depth = 0;
        for (String step : relative.split("/", -1)) {
            if (step.equals("..")) {
                depth--;
            } else if (!step.isEmpty() && !step.equals(".")) {
                depth++;
            }
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }

    /** Where the source of a volume in short syntax ends: at the first colon that is not after the letter of a drive. */
    static int endOfSource(String volume) {
        boolean drive = volume.length() > 1 && volume.charAt(1) == ':' && Character.isLetter(volume.charAt(0));
        return volume.indexOf(':', drive ? 2 : 0);
    }
}

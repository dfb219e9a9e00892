package dev.portcullis.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** AppArmor's own parser, which needs no kernel with AppArmor: whether it takes a profile, and what the automaton it makes says. */
public final class AppArmorParser {
    private static final Path PROGRAM = Path.of("/usr/sbin/apparmor_parser");
    private static final Duration AT_MOST = Duration.ofMinutes(5);

    private AppArmorParser() {}

    /** Skips the test where there is no parser. */
    public static void require() {
        Assumptions.assumeTrue(
                Files.isExecutable(PROGRAM), "skipped: no " + PROGRAM + ": install Debian's package apparmor");
    }

    /** What it has against a text; empty where it takes it. */
    public static String problem(String text) {
        Run run = run(text, List.of("-Q", "-K", "-q", "-O", "0", "-j", "2"));
        return run.code() == 0 ? "" : "exit " + run.code() + ": " + run.output();
    }

    /** The names of the profiles in a text. */
    public static List<String> names(String text) {
        Run run = run(text, List.of("-N", "-q"));
        if (run.code() != 0) {
            throw new IllegalStateException(run.output());
        }
        // What it says of the kernel stands among them.
        return run.output().lines().filter(line -> line.indexOf(' ') < 0).toList();
    }

    /** What it makes of the file rules of the one profile in a text. */
    public static Automaton automaton(String text) {
        Run run = run(text, List.of("-Q", "-K", "-q", "-O", "no-diff-encode", "-D", "dfa-states"));
        if (run.code() != 0) {
            throw new IllegalStateException(run.output());
        }
        return Automaton.read(run.output());
    }

    private record Run(int code, String output) {}

    private static Run run(String text, List<String> options) {
        try {
            Path profile = Files.createTempFile("profile-", ".apparmor");
            Path output = Files.createTempFile("profile-", ".out");
            try {
                Files.writeString(profile, text);
                List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
                command.addAll(options);
                command.add(profile.toString());
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                if (!process.waitFor(AT_MOST.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new IllegalStateException("apparmor_parser takes more than " + AT_MOST);
                }
                return new Run(process.exitValue(), new String(Files.readAllBytes(output), UTF_8));
            } finally {
                Files.delete(profile);
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The permissions of paths as the kernel would find them: those of files that belong to others than the process. */
    public static final class Automaton {
        private static final Pattern STATE =
                Pattern.compile("\\{(\\d+)\\} perms: +(?:none|\\(0x ([0-9a-f]+)/([0-9a-f]+)/.*)");
        private static final Pattern STEP = Pattern.compile(" {4}(?:.* )?0x([0-9a-f]+) -> \\{(\\d+)\\}.*");
        private static final Pattern ANY_OTHER = Pattern.compile(" {4}\\[\\^?(.*)\\] -> \\{(\\d+)\\}.*");
        private static final Pattern EXCEPTED = Pattern.compile("\\\\x([0-9a-f]+)|\\\\?(.)");
        /** Those of others stand above those of the owner. */
        private static final int OTHERS = 14;

        private static final Map<Character, Integer> BITS = Map.of('x', 1, 'w', 2, 'r', 4, 'l', 16, 'k', 32, 'm', 64);

        private final Map<Integer, Integer> permissions = new HashMap<>();
        private final Map<Integer, Map<Integer, Integer>> steps = new HashMap<>();
        private final Map<Integer, Integer> otherwise = new HashMap<>();

        static Automaton read(String dump) {
            Automaton automaton = new Automaton();
            int state = 0;
            for (String line : dump.lines().toList()) {
                Matcher named = STATE.matcher(line);
                Matcher step = STEP.matcher(line);
                Matcher other = ANY_OTHER.matcher(line);
                if (named.matches()) {
                    state = Integer.parseInt(named.group(1));
                    int allowed = named.group(2) == null ? 0 : Integer.parseUnsignedInt(named.group(2), 16);
                    int denied = named.group(3) == null ? 0 : Integer.parseUnsignedInt(named.group(3), 16);
                    automaton.permissions.put(state, allowed & ~denied);
                } else if (step.matches()) {
                    automaton
                            .steps
                            .computeIfAbsent(state, none -> new HashMap<>())
                            .put(Integer.parseInt(step.group(1), 16), Integer.parseInt(step.group(2)));
                } else if (other.matches()) {
                    automaton.otherwise.put(state, Integer.parseInt(other.group(2)));
                    Map<Integer, Integer> own = automaton.steps.computeIfAbsent(state, none -> new HashMap<>());
                    EXCEPTED.matcher(other.group(1))
                            .results()
                            .map(found -> found.group(1) == null
                                    ? found.group(2).charAt(0)
                                    : Integer.parseInt(found.group(1), 16))
                            .forEach(excepted -> own.putIfAbsent(excepted, 0));
                }
            }
            if (automaton.permissions.isEmpty()) {
                throw new IllegalStateException("no automaton in: " + dump);
            }
            return automaton;
        }

        /** Whether all of some permissions are given, each a letter of {@code mrwklx}. */
        public boolean allows(String path, String wanted) {
            int state = 1;
            for (byte b : path.getBytes(UTF_8)) {
                Integer next = steps.getOrDefault(state, Map.of()).get(b & 0xff);
                state = next == null ? otherwise.getOrDefault(state, 0) : next;
                if (state == 0) {
                    return false;
                }
            }
            int given = permissions.getOrDefault(state, 0) >>> OTHERS;
            return wanted.chars().allMatch(letter -> (given & BITS.getOrDefault((char) letter, 0)) != 0);
        }
    }
}

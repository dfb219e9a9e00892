package dev.portcullis.seccomp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The system calls of Linux and their numbers. */
public final class Syscalls {
    private static final Syscalls ALL = new Syscalls();

    /** The architectures whose programs hosts run. */
    private static final Map<String, List<String>> PROGRAMS = Map.of(
            "amd64", List.of("amd64", "x86"),
            "arm", List.of("arm"),
            "arm64", List.of("arm64", "arm"),
            "loongarch64", List.of("loongarch64"),
            "mips64", List.of("mips64", "mips64n32", "mips"),
            "mipsel64", List.of("mips64", "mips64n32", "mips"),
            "ppc64le", List.of("ppc64le"),
            "riscv64", List.of("riscv64"),
            "s390x", List.of("s390x", "s390"),
            "x86", List.of("x86"));

    private final Set<String> names = new TreeSet<>();
    private final Map<String, Map<Integer, String>> numbers = new HashMap<>();
    private final Map<String, Set<String>> namesOf = new HashMap<>();

    private Syscalls() {
        InputStream table = Objects.requireNonNull(Syscalls.class.getResourceAsStream("syscalls.csv"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
            List<String> head = List.of(lines.readLine().split(",", -1));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(",", -1);
                names.add(cells[0]);
                for (int i = 1; i < cells.length; i++) {
                    if (!cells[i].isEmpty()) {
                        numbers.computeIfAbsent(head.get(i), none -> new HashMap<>())
                                .put(Integer.valueOf(cells[i]), cells[0]);
                        namesOf.computeIfAbsent(head.get(i), none -> new HashSet<>())
                                .add(cells[0]);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether any architecture has one of this name. */
    public static boolean isKnown(String name) {
        return ALL.names.contains(name);
    }

    /**
     * Whether programs of a host can make one; true also where that is not known.
     *
     * @param host as {@link SeccompProfile#hosts} has it
     */
    public static boolean mayBeMade(String name, String host) {
        List<String> columns = PROGRAMS.get(host);
        return columns == null
                || !isKnown(name)
                || columns.stream()
                        .anyMatch(column ->
                                ALL.namesOf.getOrDefault(column, Set.of()).contains(name));
    }

    /** All names, sorted. */
    public static Set<String> names() {
        return ALL.names;
    }

    /**
     * The one of a number.
     *
     * @param architecture as the table's head has it: {@code amd64}, {@code x86}, {@code arm64}
     */
    public static Optional<String> name(String architecture, int number) {
        return Optional.ofNullable(
                ALL.numbers.getOrDefault(architecture, Map.of()).get(number));
    }
}

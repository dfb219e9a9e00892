package dev.portcullis.profile.apparmor;

import dev.portcullis.check.Words;
import dev.portcullis.profile.Needs;
import dev.portcullis.profile.ProfileException;
import dev.portcullis.profile.ProfileName;
import dev.portcullis.workload.Port;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a container is to be allowed by what it evidently needs. */
final class WorkloadDescription {
    private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "sctp");

    private WorkloadDescription() {}

    /**
     * The description of one container.
     *
     * @param additions what somebody allows beyond what it says
     */
    static Description of(ProfileName name, Needs needs, Additions additions) throws ProfileException {
        List<Description.Place> places = new ArrayList<>();
        List<PathPattern> readOnly = new ArrayList<>();
        for (Needs.Place place : needs.places()) {
            PathPattern pattern = PathPattern.literal("a mount of " + needs.what(), place.path());
            if (pattern.literal().startsWith("/proc/") || pattern.literal().equals("/proc")) {
                throw new ProfileException(
                        "a mount of " + needs.what(),
                        "is at " + Words.value(place.path()) + ", over the kernel's own files",
                        "mount it elsewhere");
            }
            if (place.writable()) {
                places.add(new Description.Place(pattern.tree(), comment(place)));
            } else {
                readOnly.add(pattern.tree());
            }
        }
        for (String device : needs.devices()) {
            places.add(new Description.Place(PathPattern.literal("a device of " + needs.what(), device), "device"));
        }
        additions.writable().forEach(pattern -> places.add(new Description.Place(pattern, "by --write")));
        places.sort(Comparator.comparing(Description.Place::pattern));
        boolean everywhere = !needs.readOnlyRoot()
                || places.stream().anyMatch(place -> place.pattern().literal().equals("/"));
        return new Description(
                name,
                List.of("Made from what " + needs.what() + " says."),
                List.of(),
                additions.readable(),
                readOnly.stream().sorted().distinct().toList(),
                new Description.Writable(
                        everywhere, !everywhere, places.stream().distinct().toList()),
                List.of(),
                additions.executable(),
                List.of(),
                needs.capabilities(),
                network(needs),
                needs.kubernetes(),
                notes(needs));
    }

    private static String comment(Needs.Place place) {
        if (place.hostPath() != null) {
            return "opens " + Words.value(place.hostPath()) + " of the host";
        }
        return place.what();
    }

    /** A container that serves is a client too: it looks up names and connects to others. */
    private static Network network(Needs needs) {
        if (!needs.networked()) {
            return Network.NONE;
        }
        NavigableSet<String> protocols = new TreeSet<>(Set.of("tcp", "udp"));
        needs.ports().stream().map(Port::protocol).filter(PROTOCOLS::contains).forEach(protocols::add);
        boolean packet = needs.added().allows("net_raw") || needs.added().allows("net_admin");
        return new Network(protocols, needs.capabilities().allows("net_raw"), packet);
    }

    private static List<String> notes(Needs needs) {
        List<String> notes = new ArrayList<>();
        if (!needs.ports().isEmpty()) {
            notes.add("It says that it listens on "
                    + needs.ports().stream()
                            .map(port -> port.number() + "/" + port.protocol())
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        needs.notes().forEach(note -> notes.add("Not covered: " + note + "."));
        if (!needs.readOnlyRoot()) {
            notes.add("Its root file system is writable, so writes are not confined: make that read-only first.");
        }
        if (needs.added().allows("sys_admin")) {
            notes.add("It has SYS_ADMIN; mounting stays denied, as engines' own profiles have it.");
        }
        return notes;
    }

    /** What is allowed beyond what is said. */
    record Additions(List<PathPattern> readable, List<PathPattern> writable, List<PathPattern> executable) {}
}

package dev.portcullis.profile.check;

import dev.portcullis.document.UnreadableException;
import dev.portcullis.profile.Needs;
import dev.portcullis.profile.ProfileException;
import dev.portcullis.seccomp.ProfileReader;
import dev.portcullis.seccomp.SeccompException;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.NodeProfiles;
import dev.portcullis.workload.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Profiles in a folder: seccomp's in files that end with .json, by their paths in it, and AppArmor's in any other. */
public final class ProfileFolder implements NodeProfiles {
    private static final int DEEPEST = 16;
    private static final long LARGEST = 4 << 20;

    private final Map<String, SeccompFit> seccomp = new HashMap<>();
    private final Map<String, AppArmorFit> appArmor = new HashMap<>();

    private ProfileFolder() {}

    /**
     * Reads all of them.
     *
     * @throws ProfileException where one cannot be understood, or there is none
     */
    public static ProfileFolder read(Path folder) throws IOException, ProfileException {
        ProfileFolder profiles = new ProfileFolder();
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder, DEEPEST)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
        for (Path file : files) {
            String name = folder.relativize(file).toString();
            if (Files.size(file) > LARGEST) {
                throw new ProfileException(name, "is larger than 4 MiB", "take it out");
            }
            profiles.add(name, Files.readAllBytes(file));
        }
        if (profiles.seccomp.isEmpty() && profiles.appArmor.isEmpty()) {
            throw new ProfileException("the folder", "holds no profile", "put NAME.json and AppArmor's files there");
        }
        return profiles;
    }

    private void add(String name, byte[] text) throws ProfileException {
        if (name.endsWith(".json")) {
            try {
                seccomp.put(name, new SeccompFit(ProfileReader.read(text)));
            } catch (UnreadableException | SeccompException wrong) {
                throw new ProfileException(name, "is no seccomp profile", String.valueOf(wrong.getMessage()));
            }
            return;
        }
        appArmor.putAll(AppArmorText.read(new String(text, StandardCharsets.UTF_8)));
    }

    @Override
    public boolean knows(Kind kind, String name) {
        return (kind == Kind.SECCOMP ? seccomp : appArmor).containsKey(name);
    }

    @Override
    public Optional<List<String>> forbidden(Kind kind, String name, Workload workload, Container container) {
        try {
            return switch (kind) {
                case SECCOMP -> {
                    SeccompFit fit = seccomp.get(name);
                    yield fit == null ? Optional.empty() : Optional.of(fit.forbidden(Needs.of(workload, container)));
                }
                case APPARMOR -> {
                    AppArmorFit fit = appArmor.get(name);
                    yield fit == null ? Optional.empty() : Optional.of(fit.forbidden(Needs.of(workload, container)));
                }
            };
        } catch (ProfileException noNeeds) {
            // It is told by other checks: privileged, or for Windows.
            return Optional.of(List.of());
        }
    }
}

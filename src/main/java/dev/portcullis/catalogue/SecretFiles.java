package dev.portcullis.catalogue;

import dev.portcullis.workload.BuildStep;
import dev.portcullis.workload.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files that hold secrets by their names: keys, and the places where tools keep passwords. */
final class SecretFiles {
    private static final Set<String> NAMES = Set.of(
            "id_rsa",
            "id_dsa",
            "id_ecdsa",
            "id_ed25519",
            ".env",
            ".npmrc",
            ".pypirc",
            ".netrc",
            ".git-credentials",
            ".pgpass",
            ".htpasswd",
            ".dockercfg",
            ".dockerconfigjson",
            ".vault-token",
            ".my.cnf",
            ".ssh",
            ".aws",
            ".gnupg",
            "privkey.pem");
    private static final List<String> PATHS =
            List.of(".aws/credentials", ".docker/config.json", ".kube/config", ".ssh/id_*", ".gem/credentials");
    private static final List<String> ENDINGS =
            List.of(".key", "-key.pem", "_key.pem", ".p12", ".pfx", ".jks", ".keystore", ".kdbx", ".ppk");

    /** What follows {@code .env} in files that are there to be filled in. */
    private static final List<String> SAMPLES = List.of("example", "sample", "template", "dist", "defaults");

    private SecretFiles() {}

    /** The sources that are; one whose name only the build knows is not seen. */
    static List<String> in(BuildStep.Files files) {
        List<String> secret = new ArrayList<>();
        for (Setting<String> source : files.sources()) {
            String path = source.effective();
            if (path != null && isSecret(path.toLowerCase(Locale.ROOT))) {
                secret.add(path);
            }
        }
        return secret;
    }

    /** What is wrong with what the Dockerfile itself writes into a file, null where nothing is. */
    static @Nullable String written(BuildStep.Files files) {
        for (String text : files.texts()) {
            String kind = SecretValue.kind(text);
            if (kind != null) {
                return "writes a file that holds " + kind;
            }
        }
        return null;
    }

    private static boolean isSecret(String path) {
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String name = plain.substring(plain.lastIndexOf('/') + 1);
        boolean environment =
                name.startsWith(".env.") && SAMPLES.stream().noneMatch(sample -> name.endsWith("." + sample));
        return environment
                || NAMES.contains(name)
                || PATHS.stream().anyMatch(known -> plain.equals(known) || plain.endsWith("/" + known))
                || ENDINGS.stream().anyMatch(name::endsWith);
    }
}

package dev.portcullis.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The passwords in a {@code config.json}, as {@code docker login} and Secrets of type {@code kubernetes.io/dockerconfigjson}
 * write them. Helpers that would have to be run, and tokens for Docker's own log-in, are not used.
 */
final class DockerConfig {
    private static final int LIMIT = 1 << 20;

    /** A host, perhaps as the address that Docker Hub is filed under. What is below a path is not for the whole host. */
    private static final Pattern KEY = Pattern.compile("(?:https?://)?([^/]+)(?:/(?:v[12]/?)?)?");

    private final Map<Host, Login> logins;

    private DockerConfig(Map<Host, Login> logins) {
        this.logins = logins;
    }

    /**
     * Reads a file.
     *
     * @throws UnusableFileException without anything of what it holds
     */
    static DockerConfig read(Path file) throws UnusableFileException {
        try (var in = Files.newInputStream(file)) {
            byte[] text = in.readNBytes(LIMIT + 1);
            if (text.length > LIMIT) {
                throw new UnusableFileException(file + " is larger than 1 MiB: it is no config.json of docker login");
            }
            return of(Json.read(text));
        } catch (NoSuchFileException e) {
            throw new UnusableFileException(file + " does not exist: give the path of a config.json of docker login");
        } catch (IOException e) {
            throw new UnusableFileException(
                    file + " cannot be read (" + e.getClass().getSimpleName() + "): check its permissions");
        } catch (UnreadableException e) {
            // Its message may quote the text.
            throw new UnusableFileException(file + " is no JSON: give a config.json of docker login");
        }
    }

    private static DockerConfig of(JsonNode root) {
        Map<Host, Login> logins = new HashMap<>();
        root.path("auths").properties().forEach(entry -> {
            Matcher key = KEY.matcher(entry.getKey());
            if (key.matches()) {
                host(key.group(1))
                        .ifPresent(host -> login(entry.getValue()).ifPresent(login -> logins.putIfAbsent(host, login)));
            }
        });
        return new DockerConfig(logins);
    }

    private static Optional<Host> host(String name) {
        boolean hub = name.equals("index.docker.io") || name.equals("registry-1.docker.io");
        return Host.ofRegistry(hub ? "docker.io" : name);
    }

    private static Optional<Login> login(JsonNode entry) {
        String user = entry.path("username").stringValue("");
        String password = entry.path("password").stringValue("");
        return user.isEmpty()
                ? decoded(entry.path("auth").stringValue(""))
                : Optional.of(new Login(user, password)).filter(login -> !password.isEmpty());
    }

    private static Optional<Login> decoded(String auth) {
        String text;
        try {
            text = new String(Base64.getDecoder().decode(auth), UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = text.indexOf(':');
        return colon <= 0
                ? Optional.empty()
                : Optional.of(new Login(text.substring(0, colon), text.substring(colon + 1)));
    }

    Optional<Login> of(Host registry) {
        return Optional.ofNullable(logins.get(registry));
    }
}

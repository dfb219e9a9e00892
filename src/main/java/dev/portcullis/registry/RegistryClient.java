package dev.portcullis.registry;

import java.net.URI;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks registries for digests (OCI Distribution Specification 1.1, pulling manifests). */
final class RegistryClient {
    private static final Set<String> MANIFESTS = Set.of(
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.docker.distribution.manifest.v2+json");

    /** What the specification says that registries must take. */
    private static final int LONGEST_MANIFEST = 4 << 20;

    private static final int MOST_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 307, 308);
    private static final String DIGEST_HEADER = "Docker-Content-Digest";
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private final Transport transport;
    private final HostRules rules;
    private final Authorization authorization;
    private final Duration answering;

    RegistryClient(Transport transport, RegistrySettings settings) {
        this.transport = transport;
        this.rules = settings.hosts();
        this.authorization = new Authorization(transport, rules, settings.credentials());
        this.answering = settings.answering();
    }

    /** The digest of a tag; empty where the registry says that there is none. */
    Optional<String> digestOf(ImageName name) throws LookupException, InterruptedException {
        return new Lookup(name, Deadline.in(answering)).digest();
    }

    /** One look-up: a request or two, and what was needed to be let in. */
    private final class Lookup {
        private final ImageName name;
        private final Deadline deadline;
        private final URI manifest;
        private @Nullable String credential;

        Lookup(ImageName name, Deadline deadline) {
            this.name = name;
            this.deadline = deadline;
            Host host = HostRules.contact(name.registry());
            this.manifest = URI.create(transport.scheme(host) + "://" + host.name() + ":" + host.port() + "/v2/"
                    + name.repository() + "/manifests/" + name.tag());
        }

        Optional<String> digest() throws LookupException, InterruptedException {
            HttpResponse<byte[]> head = ask("HEAD");
            if (head.statusCode() == 404) {
                return Optional.empty();
            }
            boolean tells = head.statusCode() == 200
                    && head.headers().firstValue(DIGEST_HEADER).isPresent();
            return tells ? Optional.of(told(head)) : ofManifest();
        }

        /** Some registries answer HEAD without a digest or not at all; the digest is that of the manifest itself. */
        private Optional<String> ofManifest() throws LookupException, InterruptedException {
            HttpResponse<byte[]> whole = ask("GET");
            if (whole.statusCode() == 404) {
                return Optional.empty();
            }
            requireManifest(whole);
            String digest = "sha256:" + HexFormat.of().formatHex(sha256().digest(whole.body()));
            if (whole.headers().firstValue(DIGEST_HEADER).isPresent()
                    && !told(whole).equals(digest)) {
                throw LookupException.ofImage(name.registry() + " gives a digest that is not its manifest's");
            }
            return Optional.of(digest);
        }

        private String told(HttpResponse<byte[]> answer) throws LookupException {
            requireManifest(answer);
            return answer.headers()
                    .firstValue(DIGEST_HEADER)
                    .filter(digest -> DIGEST.matcher(digest).matches())
                    .orElseThrow(() -> LookupException.ofImage(name.registry() + " gives a digest that is none"));
        }

        private void requireManifest(HttpResponse<byte[]> answer) throws LookupException {
            if (answer.statusCode() != 200) {
                throw refused(answer.statusCode());
            }
            String type = answer.headers()
                    .firstValue("Content-Type")
                    .orElse("")
                    .split(";", 2)[0]
                    .strip();
            if (!MANIFESTS.contains(type.toLowerCase(Locale.ROOT))) {
                throw LookupException.ofImage(name.registry() + " answers with something that is no manifest");
            }
        }

        private LookupException refused(int status) {
            return switch (status) {
                case 401, 403 ->
                    LookupException.ofImage(name.registry() + " does not let this image be read (" + status
                            + "): give it a user in the file of portcullis.registry.credentials");
                case 429 -> LookupException.ofRegistry(name.registry() + " has been asked too often (429)");
                default -> {
                    String said = name.registry() + " answers " + status;
                    yield status >= 500 ? LookupException.ofRegistry(said) : LookupException.ofImage(said);
                }
            };
        }

        private HttpResponse<byte[]> ask(String method) throws LookupException, InterruptedException {
            HttpResponse<byte[]> answer = follow(method);
            boolean ours = Host.of(answer.uri()).equals(Host.of(manifest));
            if (answer.statusCode() != 401 || credential != null || !ours) {
                return answer;
            }
            List<String> challenges = answer.headers().allValues("WWW-Authenticate");
            credential = authorization.answer(challenges, name, deadline);
            return follow(method);
        }

        private HttpResponse<byte[]> follow(String method) throws LookupException, InterruptedException {
            URI uri = manifest;
            for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
                HttpResponse<byte[]> answer = transport.send(method, uri, headers(uri), LONGEST_MANIFEST, deadline);
                if (!REDIRECTS.contains(answer.statusCode())) {
                    return answer;
                }
                uri = target(answer);
            }
            throw LookupException.ofImage(name.registry() + " sends from one place to the next");
        }

        private Map<String, String> headers(URI uri) {
            Map<String, String> headers = new HashMap<>();
            headers.put("Accept", String.join(", ", MANIFESTS));
            headers.put("User-Agent", "portcullis");
            if (credential != null && Host.of(uri).equals(Host.of(manifest))) {
                headers.put("Authorization", credential);
            }
            return headers;
        }

        private URI target(HttpResponse<byte[]> answer) throws LookupException {
            URI target;
            try {
                target = answer.uri()
                        .resolve(answer.headers().firstValue("Location").orElse(""));
            } catch (IllegalArgumentException e) {
                throw LookupException.ofImage(name.registry() + " sends to a place that is none");
            }
            Optional<Host> host = Host.of(target);
            boolean fine = host.isPresent()
                    && (host.equals(Host.of(manifest)) || rules.mayAsk(host.get()))
                    && transport.scheme(host.get()).equals(target.getScheme());
            if (!fine) {
                throw LookupException.ofImage(name.registry() + " sends to "
                        + host.map(Host::toString).orElse("a place that is none")
                        + ": list it in portcullis.registry.allow if it may be asked");
            }
            return target;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

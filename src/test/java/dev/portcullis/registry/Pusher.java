package dev.portcullis.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Puts small images into a registry. */
record Pusher(HttpClient client, String address, @Nullable Login login) {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    /** An image for one platform that differs from others by a word; gives the digest of its manifest. */
    String push(String repository, String tag, String word) throws Exception {
        byte[] config = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"author\":\"%s\"}"
                .formatted(word)
                .getBytes(UTF_8);
        byte[] layer = word.getBytes(UTF_8);
        blob(repository, config);
        blob(repository, layer);
        String manifest = """
                {"schemaVersion":2,"mediaType":"%s",
                 "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},
                 "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":%d}]}""".formatted(MANIFEST, digest(config), config.length, digest(layer), layer.length);
        return manifest(repository, tag, MANIFEST, manifest);
    }

    /** An image for two platforms; gives the digest of the index. */
    String pushIndex(String repository, String tag) throws Exception {
        String one = push(repository, "one", "one");
        String two = push(repository, "two", "two");
        String entry = "{\"mediaType\":\"" + MANIFEST
                + "\",\"digest\":\"%s\",\"size\":%d,\"platform\":{\"architecture\":\"%s\",\"os\":\"linux\"}}";
        int size = size(repository, "one");
        String index = "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s,%s]}"
                .formatted(INDEX, entry.formatted(one, size, "amd64"), entry.formatted(two, size, "arm64"));
        return manifest(repository, tag, INDEX, index);
    }

    private int size(String repository, String tag) throws Exception {
        HttpRequest.Builder request =
                request("/v2/" + repository + "/manifests/" + tag).header("Accept", MANIFEST);
        return client.send(request.build(), BodyHandlers.ofByteArray()).body().length;
    }

    private String manifest(String repository, String tag, String type, String text) throws Exception {
        send(request("/v2/" + repository + "/manifests/" + tag)
                .header("Content-Type", type)
                .PUT(BodyPublishers.ofString(text)));
        return digest(text.getBytes(UTF_8));
    }

    private void blob(String repository, byte[] bytes) throws Exception {
        HttpResponse<String> begun =
                send(request("/v2/" + repository + "/blobs/uploads/").POST(BodyPublishers.noBody()));
        URI location =
                begun.uri().resolve(begun.headers().firstValue("Location").orElseThrow());
        String target = location + (location.getQuery() == null ? "?" : "&") + "digest=" + digest(bytes);
        send(signed(HttpRequest.newBuilder(URI.create(target)))
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(bytes)));
    }

    private HttpRequest.Builder request(String path) {
        return signed(HttpRequest.newBuilder(URI.create(address + path)));
    }

    private HttpRequest.Builder signed(HttpRequest.Builder request) {
        return login == null ? request : request.header("Authorization", login.basic());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(answer + " " + answer.body());
        }
        return answer;
    }

    static String digest(byte[] bytes) throws Exception {
        return "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}

package dev.portcullis.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One request to a host that may be asked. Redirects are not followed, proxies not used, and a host that nobody has written
 * out must have public addresses only.
 */
final class Transport implements AutoCloseable {
    private final HostRules rules;
    private final Resolver resolver;
    private final HttpClient client;

    /**
     * Requests by the rules.
     *
     * @throws UnusableFileException where the authorities cannot be read
     */
    Transport(RegistrySettings settings, Resolver resolver) throws UnusableFileException {
        this.rules = settings.hosts();
        this.resolver = resolver;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(settings.connecting())
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        if (settings.authorities() != null) {
            builder.sslContext(Trust.with(settings.authorities()));
        }
        this.client = builder.build();
    }

    /** The scheme that a host is asked by. */
    String scheme(Host host) {
        return rules.isPlain(host) ? "http" : "https";
    }

    /**
     * Sends a request without a body.
     *
     * @param most bytes that the answer's body may have
     */
    HttpResponse<byte[]> send(String method, URI uri, Map<String, String> headers, int most, Deadline deadline)
            throws LookupException, InterruptedException {
        Host host = Host.of(uri).orElseThrow(() -> LookupException.ofImage("an address without a host"));
        requireReachable(host);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody());
        headers.forEach(request::header);
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), most));
        try {
            return answer.get(deadline.left(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw LookupException.ofRegistry(host + " does not answer in time");
        } catch (ExecutionException e) {
            throw LookupException.ofRegistry(host + " " + said(e.getCause()));
        } finally {
            answer.cancel(true);
        }
    }

    /** The connection is made to what the same name says again: only TLS, or having it written out, holds it to this. */
    private void requireReachable(Host host) throws LookupException {
        if (rules.isWrittenOut(host)) {
            return;
        }
        try {
            for (InetAddress address : resolver.addresses(host.name())) {
                if (!PublicAddress.is(address)) {
                    throw LookupException.ofRegistry(host + " has an address that is not public: list this very host in"
                            + " portcullis.registry.allow if it may be asked");
                }
            }
        } catch (UnknownHostException e) {
            throw LookupException.ofRegistry(host + " has no address");
        }
    }

    private static String said(@Nullable Throwable problem) {
        return switch (problem) {
            case SSLException e -> "has no certificate that is trusted, or no TLS: see portcullis.registry.authorities";
            case java.net.http.HttpConnectTimeoutException e -> "cannot be connected to in time";
            case java.net.ConnectException e -> "cannot be connected to";
            case IOException e ->
                "breaks off, or answers at too great a length (" + e.getClass().getSimpleName() + ")";
            case null, default -> "cannot be asked";
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}

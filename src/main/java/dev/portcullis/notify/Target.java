package dev.portcullis.notify;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where notifications go, as it is configured.
 *
 * @param property the name that its properties begin with
 * @param url its address; null where that stands in a file
 * @param urlFile a file that holds its address, which is a secret
 * @param tokenFile a file of a token that is shown to it
 * @param username who logs in to it
 * @param passwordFile a file of the password that goes with it
 * @param signingFile a file of the secret by which it knows who sends
 * @param authority PEM file of the CAs of its certificate; null is those that Java trusts
 * @param plain whether it may be spoken to without TLS, although it is on another machine
 * @param quiet for how long it is not told of the same again
 * @param letter who writes to whom and when; null where it gets no mail
 */
public record Target(
        String name,
        String property,
        Kind kind,
        @Nullable URI url,
        @Nullable Path urlFile,
        @Nullable Path tokenFile,
        @Nullable String username,
        @Nullable Path passwordFile,
        @Nullable Path signingFile,
        @Nullable Path authority,
        boolean plain,
        Selection selection,
        Duration quiet,
        @Nullable Letter letter) {

    /** Whether an address is that of a mail server. */
    public static boolean isMailServer(URI url) {
        return Mail.isFine(url);
    }

    /** Whether an address may be posted to: by HTTPS, or on this machine, or where plain HTTP is meant. */
    public static boolean mayBePosted(URI url, boolean plain) {
        return HttpTarget.isFine(url, plain);
    }

    @Nullable SecretFile secret(@Nullable Path file, String name) {
        return file == null ? null : new SecretFile(file, property + "." + name);
    }

    /** Its address for people: no path of it, which may be a secret, where it stands in a file. */
    String shown() {
        return url == null ? "the address in " + urlFile : url.toString();
    }
}

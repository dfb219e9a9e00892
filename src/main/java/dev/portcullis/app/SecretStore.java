package dev.portcullis.app;

import dev.portcullis.app.tls.SharedCertificate;
import dev.portcullis.registration.SharedSecret;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Secret as the place where gates keep their certificate; for one thread. */
final class SecretStore implements SharedCertificate.Store {
    private final SharedSecret secret;
    private SharedSecret.@Nullable Contents last;

    SecretStore(SharedSecret secret) {
        this.secret = secret;
    }

    @Override
    public Map<String, String> read() {
        SharedSecret.Contents contents = secret.read();
        last = contents;
        return contents.texts();
    }

    @Override
    public boolean write(Map<String, String> texts) {
        SharedSecret.Contents before = last;
        return before != null && secret.write(before, texts);
    }
}

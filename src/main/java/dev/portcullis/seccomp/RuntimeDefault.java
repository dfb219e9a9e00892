package dev.portcullis.seccomp;

import dev.portcullis.document.UnreadableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** What Docker and containerd confine a container by that says nothing: moby's profile as it was vendored. */
public final class RuntimeDefault {
    /** Where it is from. */
    public static final String VERSION = "github.com/moby/profiles/seccomp v0.3.0";

    private static final SeccompProfile PROFILE = read();

    private RuntimeDefault() {}

    /** The profile. */
    public static SeccompProfile profile() {
        return PROFILE;
    }

    private static SeccompProfile read() {
        try (InputStream json = Objects.requireNonNull(RuntimeDefault.class.getResourceAsStream("moby-default.json"))) {
            return ProfileReader.read(json.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UnreadableException | SeccompException e) {
            throw new IllegalStateException(e);
        }
    }
}

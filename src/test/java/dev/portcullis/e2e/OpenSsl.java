package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** An authority of a test's own, whose files are in a folder: {@code ca.crt}, and NAME.crt and NAME.key of each certificate. */
final class OpenSsl {
    private final Path folder;

    private OpenSsl(Path folder) {
        this.folder = folder;
    }

    /** Makes one; without openssl the test is skipped. */
    static OpenSsl authority(Path folder) {
        Assumptions.assumeTrue(
                CommandResult.of("sh", "-c", "command -v openssl").exitCode() == 0, "skipped: no openssl on the PATH");
        OpenSsl authority = new OpenSsl(folder);
        authority.run("req -x509 -newkey rsa:2048 -nodes -days 2 -keyout ca.key -out ca.crt -subj /CN=clients");
        return authority;
    }

    /**
     * Signs a certificate, for servers at 127.0.0.1 and for clients.
     *
     * @param name of its files
     * @param subject such as {@code /O=oncall/CN=bob}
     */
    void sign(String name, String subject) throws IOException {
        Path uses = Files.writeString(
                folder.resolve("uses"), "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n");
        run("req -newkey rsa:2048 -nodes -keyout %1$s.key -out %1$s.csr -subj %2$s".formatted(name, subject));
        run("x509 -req -days 2 -in %1$s.csr -CA ca.crt -CAkey ca.key -CAcreateserial -out %1$s.crt -extfile %2$s"
                .formatted(name, uses));
    }

    private void run(String arguments) {
        CommandResult made = CommandResult.of("sh", "-c", "cd '" + folder + "' && exec openssl " + arguments);
        assertThat(made.exitCode()).as(made.stderr()).isZero();
    }
}

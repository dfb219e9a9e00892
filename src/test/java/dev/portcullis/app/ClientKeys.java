package dev.portcullis.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * A key, of a client or a server, and a certificate that it has signed itself, which is its own authority.
 *
 * @param certificate PEM
 */
record ClientKeys(Path store, Path certificate) {
    static final String PASSWORD = "changeit";

    /**
     * Makes them.
     *
     * @param name also of the files
     * @param subject such as {@code CN=ann, O=ops}
     */
    static ClientKeys make(Path folder, String name, String subject) throws Exception {
        return make(folder, name, subject, List.of());
    }

    /** The same for a server at an address, such as {@code ip:127.0.0.1}. */
    static ClientKeys ofServer(Path folder, String name, String address) throws Exception {
        return make(folder, name, "CN=" + name, List.of("-ext", "SAN=" + address));
    }

    private static ClientKeys make(Path folder, String name, String subject, List<String> more) throws Exception {
        ClientKeys keys = new ClientKeys(folder.resolve(name + ".p12"), folder.resolve(name + ".pem"));
        keys.keytool(more, "-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", subject, "-validity", "1");
        keys.keytool(List.of(), "-exportcert", "-rfc", "-alias", name, "-file", keys.certificate.toString());
        return keys;
    }

    private void keytool(List<String> more, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(args));
        command.addAll(more);
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** What a client shows the certificate with. */
    KeyManager[] managers() throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
        return own.getKeyManagers();
    }
}

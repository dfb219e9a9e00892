package dev.portcullis.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What an API server needs to know its users: made new for each run.
 *
 * @param serviceAccountKey the PEM file that signs service accounts' tokens
 * @param serviceAccountPublicKey the PEM file that verifies them
 * @param tokens the token file, with the one user "admin"
 * @param adminToken the bearer token of that user, who may do everything
 */
record Credentials(Path serviceAccountKey, Path serviceAccountPublicKey, Path tokens, String adminToken) {
    /** Makes them and writes the files into the folder. */
    static Credentials make(Path folder) throws IOException {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String token = HexFormat.of().formatHex(random);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            return new Credentials(
                    Files.writeString(
                            folder.resolve("sa.key"),
                            pem("PRIVATE KEY", keys.getPrivate().getEncoded())),
                    Files.writeString(
                            folder.resolve("sa.pub"),
                            pem("PUBLIC KEY", keys.getPublic().getEncoded())),
                    Files.writeString(folder.resolve("tokens.csv"), token + ",admin,admin,\"system:masters\"\n"),
                    token);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK makes no P-256 keys", e);
        }
    }

    /** A kubeconfig of the admin for a server whose certificate is, or is signed by, {@code certificate}. */
    String kubeconfig(String server, Path certificate) {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: e2e, cluster: {server: "%s", certificate-authority: "%s"}}]
                users: [{name: admin, user: {token: "%s"}}]
                contexts: [{name: e2e, context: {cluster: e2e, user: admin}}]
                current-context: e2e
                """.formatted(server, certificate, adminToken);
    }

    private static String pem(String type, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }
}

package dev.portcullis.app.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * What a certificate file and its key file hold at one moment.
 *
 * @param certificateFile as people name it
 * @param keyFile as people name it
 * @param authorities the CAs that sign such certificates, the present one among them; null where they are not known
 */
record PemFiles(
        String certificateFile,
        String keyFile,
        String certificate,
        String key,
        @Nullable String authorities) {
    /** Bytes a file may have: a long chain is a tenth of it. */
    private static final int LIMIT = 1 << 20;

    static PemFiles read(Path certificateFile, Path keyFile) throws UnusableCertificateException {
        return read(certificateFile, keyFile, null);
    }

    static PemFiles read(Path certificateFile, Path keyFile, @Nullable Path authorities)
            throws UnusableCertificateException {
        return new PemFiles(
                certificateFile.toString(),
                keyFile.toString(),
                text(certificateFile),
                text(keyFile),
                authorities == null ? null : text(authorities));
    }

    /** The CAs that sign such certificates. */
    List<X509Certificate> trusted() throws UnusableCertificateException {
        if (authorities == null) {
            throw new UnusableCertificateException(
                    "nobody says which CA has signed " + certificateFile + ": name it with portcullis.tls.authority");
        }
        return certificates(authorities, "the authority of " + certificateFile);
    }

    /** The certificates in a file that holds no key. */
    static List<X509Certificate> certificates(Path file) throws UnusableCertificateException {
        return certificates(text(file), file.toString());
    }

    private static List<X509Certificate> certificates(String pem, String file) throws UnusableCertificateException {
        try {
            List<X509Certificate> certificates = PemContent.of(pem).getCertificates();
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (RuntimeException e) {
            throw new UnusableCertificateException(file + " holds no readable certificate: give X.509 in PEM", e);
        }
        throw new UnusableCertificateException(file + " holds no certificate: give X.509 in PEM");
    }

    private static String text(Path file) throws UnusableCertificateException {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw new UnusableCertificateException(file + " is larger than 1 MiB: it is no PEM file");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new UnusableCertificateException(file + " does not exist: give the path of a PEM file", e);
        } catch (IOException e) {
            throw new UnusableCertificateException(
                    file + " cannot be read (" + e.getClass().getSimpleName() + "): check its permissions", e);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return certificateFile + ", " + keyFile;
    }
}

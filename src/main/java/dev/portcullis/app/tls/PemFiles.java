package dev.portcullis.app.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What a certificate file and its key file hold at one moment. */
record PemFiles(Path certificateFile, Path keyFile, String certificate, String key) {
    /** Bytes a file may have: a long chain is a tenth of it. */
    private static final int LIMIT = 1 << 20;

    static PemFiles read(Path certificateFile, Path keyFile) throws UnusableCertificateException {
        return new PemFiles(certificateFile, keyFile, text(certificateFile), text(keyFile));
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

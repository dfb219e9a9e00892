package dev.portcullis.app.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates: a CA of one's own (ECDSA P-256) and the serving certificates it signs. */
final class Issuer {
    static final Duration CA_LIFE = Duration.ofDays(3650);
    static final Duration LEAF_LIFE = Duration.ofDays(365);

    /** Certificates begin in the past by this, for clients whose clocks are behind. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final X509Certificate certificate;
    private final PrivateKey key;

    /** The CA of an existing certificate and key. */
    Issuer(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** A new CA. */
    static Credential newAuthority(Instant now) throws GeneralSecurityException {
        KeyPair pair = newKeyPair();
        byte[] suffix = new byte[4];
        RANDOM.nextBytes(suffix);
        // A name of its own, so that a client that trusts an old CA and a new one never takes one for the other.
        X500Name name =
                new X500Name("CN=Portcullis CA " + java.util.HexFormat.of().formatHex(suffix));
        var builder = new JcaX509v3CertificateBuilder(
                name, serial(), Date.from(now.minus(SKEW)), Date.from(now.plus(CA_LIFE)), name, pair.getPublic());
        try {
            var extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(pair.getPublic()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Credential(List.of(sign(builder, pair.getPrivate())), pair.getPrivate());
    }

    /** A certificate to serve with, and to show to a console, which ends when the CA does at the latest. */
    Credential newLeaf(Set<String> dnsNames, Set<String> addresses, Instant now) throws GeneralSecurityException {
        KeyPair pair = newKeyPair();
        Instant authorityEnd = certificate.getNotAfter().toInstant();
        Instant end = now.plus(LEAF_LIFE);
        var builder = new JcaX509v3CertificateBuilder(
                new JcaX509CertificateHolder(certificate).getSubject(),
                serial(),
                Date.from(now.minus(SKEW)),
                Date.from(end.isAfter(authorityEnd) ? authorityEnd : end),
                new X500Name("CN=portcullis"),
                pair.getPublic());
        addLeafExtensions(builder, pair.getPublic(), alternativeNames(dnsNames, addresses));
        return new Credential(List.of(sign(builder, key), certificate), pair.getPrivate());
    }

    /** Whether this CA signed a certificate. */
    boolean signed(X509Certificate other) {
        return signed(certificate, other);
    }

    /** Whether one certificate's key signed another. */
    static boolean signed(X509Certificate authority, X509Certificate other) {
        try {
            other.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Whether it may be shown by a server and by a client: gates show theirs to a console. */
    static boolean isForBothEnds(X509Certificate leaf) throws CertificateParsingException {
        List<String> purposes = leaf.getExtendedKeyUsage();
        return purposes == null || purposes.contains(KeyPurposeId.id_kp_clientAuth.getId());
    }

    /** PEM of certificates, one after another. */
    static String pem(List<X509Certificate> certificates) {
        return write(List.copyOf(certificates));
    }

    /** PKCS #8 PEM of a key, unencrypted. */
    static String pem(PrivateKey key) {
        try {
            return write(List.of(new JcaPKCS8Generator(key, null).generate()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String write(List<?> objects) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                pem.writeObject(object);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void addLeafExtensions(X509v3CertificateBuilder builder, PublicKey subject, GeneralNames names)
            throws GeneralSecurityException {
        try {
            var extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            builder.addExtension(Extension.subjectAlternativeName, false, names);
            builder.addExtension(Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(subject));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(certificate));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GeneralNames alternativeNames(Set<String> dnsNames, Set<String> addresses) {
        List<GeneralName> names = new ArrayList<>();
        dnsNames.forEach(name -> names.add(new GeneralName(GeneralName.dNSName, name)));
        addresses.forEach(address -> names.add(new GeneralName(GeneralName.iPAddress, address)));
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("the CA's key cannot sign", e);
        }
    }

    private static KeyPair newKeyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
        return generator.generateKeyPair();
    }

    private static BigInteger serial() {
        return new BigInteger(127, RANDOM).setBit(126);
    }
}

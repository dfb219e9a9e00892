package dev.portcullis.app;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;

/** TLS by a bundle whose certificate changes while it is used: each handshake is by what it holds then. */
final class BundleContext implements org.apache.tomcat.util.net.SSLContext {
    private volatile SSLContext current;

    BundleContext(SslBundles bundles, String name) {
        current = bundles.getBundle(name).createSslContext();
        bundles.addBundleUpdateHandler(name, bundle -> current = bundle.createSslContext());
    }

    @Override
    public void init(KeyManager[] keys, TrustManager[] trust, SecureRandom random) throws KeyManagementException {
        // The bundle has made it ready.
    }

    @Override
    public void destroy() {}

    @Override
    public SSLSessionContext getServerSessionContext() {
        return current.getServerSessionContext();
    }

    @Override
    public SSLEngine createSSLEngine() {
        return current.createSSLEngine();
    }

    @Override
    public SSLServerSocketFactory getServerSocketFactory() {
        return current.getServerSocketFactory();
    }

    @Override
    public SSLParameters getSupportedSSLParameters() {
        return current.getSupportedSSLParameters();
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return null;
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}

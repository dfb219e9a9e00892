package dev.portcullis.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code serve} was told; null is not told.
 *
 * @param data the folder for what the server keeps
 * @param tlsCertificate PEM file of the certificate chain
 * @param tlsKey PEM file of its key
 * @param policy a policy's file or folder
 * @param properties further properties, {@code portcullis.x.y=z}
 */
record ServeOptions(
        @Nullable Path data,
        @Nullable Path tlsCertificate,
        @Nullable Path tlsKey,
        @Nullable Path policy,
        List<String> properties) {

    /** The same as Spring Boot arguments, which go before environment and files. */
    String[] arguments() {
        List<String> arguments = new ArrayList<>();
        add(arguments, "data", data);
        add(arguments, "tls.certificate", tlsCertificate);
        add(arguments, "tls.key", tlsKey);
        add(arguments, "policy", policy);
        for (String property : properties) {
            arguments.add(property.startsWith("--") ? property : "--" + property);
        }
        return arguments.toArray(String[]::new);
    }

    private static void add(List<String> arguments, String name, @Nullable Path value) {
        if (value != null) {
            arguments.add("--portcullis." + name + "=" + value);
        }
    }
}

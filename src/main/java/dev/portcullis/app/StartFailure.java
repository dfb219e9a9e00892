package dev.portcullis.app;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.tomcat.ConnectorStartFailedException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Puts a failed start into one sentence. Spring Boot asks it first, so that a failure it has a sentence for is not also
 * logged with a stack trace.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailure implements SpringBootExceptionReporter {
    @Override
    public boolean reportException(Throwable failure) {
        return sentence(failure) != null;
    }

    /** The sentence, or null for a failure that is not the user's to mend. */
    static @Nullable String sentence(Throwable failure) {
        String found = null;
        Throwable cause = failure;
        // The innermost cause that we know says it best.
        for (int depth = 0; cause != null && depth < 20; depth++) {
            String sentence = ofOne(cause);
            found = sentence == null ? found : sentence;
            cause = cause.getCause();
        }
        return found;
    }

    private static @Nullable String ofOne(Throwable failure) {
        return switch (failure) {
            case MisconfiguredException misconfigured -> misconfigured.getMessage();
            case PortInUseException taken -> portTaken(taken.getPort());
            case ConnectorStartFailedException taken -> portTaken(taken.getPort());
            case UnboundConfigurationPropertiesException unknown -> unknown(unknown);
            case BindException bad -> bad(bad);
            case IllegalArgumentException range
            when range.getMessage() != null && range.getMessage().startsWith("portcullis.") -> range.getMessage();
            default -> null;
        };
    }

    private static String portTaken(int port) {
        if (port < 0) {
            return "the socket of portcullis.docker.socket (--docker-socket) cannot be listened on: name another one";
        }
        return "port " + port + " cannot be listened on: free it, or give another one or another address with"
                + " --portcullis.admission.port, --portcullis.management.port or their .address";
    }

    private static String unknown(UnboundConfigurationPropertiesException failure) {
        return failure.getUnboundProperties().stream()
                        .map(property -> "'" + property.getName() + "'")
                        .collect(Collectors.joining(", "))
                + " is no property of Portcullis: see serve --help";
    }

    private static String bad(BindException failure) {
        ConfigurationProperty property = failure.getProperty();
        return property == null
                ? failure.getName() + " has a value that cannot be used"
                : property.getName() + " cannot be '" + property.getValue() + "': see serve --help";
    }
}

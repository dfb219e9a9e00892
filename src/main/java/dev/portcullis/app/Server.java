package dev.portcullis.app;

import dev.portcullis.app.tls.ServingCertificate;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/** The running server. */
public final class Server implements AutoCloseable {
    private final ServletWebServerApplicationContext context;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Server(ServletWebServerApplicationContext context) {
        this.context = context;
        context.addApplicationListener((ApplicationListener<ContextClosedEvent>) event -> closed.countDown());
    }

    /**
     * Starts the server and returns once it listens.
     *
     * @param wiring configuration classes that give the {@code AdmissionService} and the {@code ReviewService}
     * @throws StartException when what it was told cannot work; nothing listens then
     */
    public static Server start(ServeOptions options, Class<?>... wiring) throws StartException {
        SpringApplication application = new SpringApplication(ServerConfiguration.class);
        application.addPrimarySources(List.of(wiring));
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setLogStartupInfo(false);
        ConfigurableApplicationContext started;
        try {
            started = application.run(options.arguments());
        } catch (RuntimeException e) {
            String sentence = StartFailure.sentence(e);
            if (sentence == null) {
                throw e;
            }
            throw new StartException(sentence, e);
        }
        return new Server((ServletWebServerApplicationContext) started);
    }

    /** The admission port in use. */
    public int admissionPort() {
        return context.getWebServer() == null ? -1 : context.getWebServer().getPort();
    }

    /** The console's port in use; -1 where this is no console. */
    public int consolePort() {
        return context.getBean(Listeners.class).consolePort();
    }

    /** The management port in use. */
    public int managementPort() {
        return context.getBean(Listeners.class).managementPort();
    }

    /** The file of the CA that clients must trust; null with a certificate that was given. */
    public @Nullable Path authority() {
        return context.getBean(ServingCertificate.class).authority();
    }

    /** What it waits for before it decides anything; null once there is nothing. */
    @Nullable String waitingFor() {
        return context.getBeanProvider(Readiness.class)
                .getIfAvailable(() -> () -> null)
                .waitingFor();
    }

    /** A part of it. */
    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Whether what it writes is for machines, which would stumble over an announcement. */
    boolean logsObjects() {
        return context.getEnvironment().containsProperty("logging.structured.format.console");
    }

    /** A few lines for whoever started it: addresses, what to trust, and a request to try. */
    public String announcement() {
        return Announcement.of(this, context.getBean(PortcullisProperties.class));
    }

    /** Waits until the server stops, by {@link #close()} or by a signal. */
    public void awaitClose() throws InterruptedException {
        closed.await();
    }

    /** Stops: no longer ready, requests in progress are finished, then the ports close. */
    @Override
    public void close() {
        context.close();
    }
}

package dev.portcullis.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;

/**
 * How commands log: what they print is theirs, and what libraries have to say goes to standard error, from warnings on. A server
 * has Spring configure this anew.
 */
public final class TerminalLogging extends ContextAwareBase implements Configurator {
    /** What they fail at is told in a sentence by the command. */
    private static final List<String> SILENT = List.of(
            "com.zaxxer.hikari",
            "org.flywaydb",
            "org.springframework",
            "org.eclipse.jetty",
            "io.fabric8.kubernetes.client");

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%-5level %logger{0}: %msg%n%nopex");
        encoder.start();
        ConsoleAppender<ILoggingEvent> terminal = new ConsoleAppender<>();
        terminal.setContext(context);
        terminal.setTarget(ConsoleTarget.SystemErr.getName());
        terminal.setEncoder(encoder);
        terminal.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(terminal);
        SILENT.forEach(name -> context.getLogger(name).setLevel(Level.OFF));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}

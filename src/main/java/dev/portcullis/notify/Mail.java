package dev.portcullis.notify;

import dev.portcullis.workload.Printable;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/**
 * Digests to people by a mail server: {@code smtps://HOST:465}, or {@code smtp://HOST:587}, which must then offer STARTTLS unless
 * it is on this machine or may be spoken to without TLS.
 */
final class Mail {
    static final String TLS = "smtps";
    static final String SUBMISSION = "smtp";

    private static final int TLS_PORT = 465;
    private static final int SUBMISSION_PORT = 587;
    private static final String CONNECT_MILLIS = "5000";
    private static final String ANSWER_MILLIS = "10000";
    private static final int LONGEST_REASON = 200;
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Target target;
    private final URI server;
    private final Letter letter;
    private final @Nullable SecretFile password;
    private final @Nullable SSLSocketFactory sockets;
    private final DigestText text = new DigestText();

    Mail(Target target, Letter letter) throws UnusableTargetException {
        this.target = target;
        this.server = Objects.requireNonNull(target.url());
        this.letter = letter;
        this.password = target.secret(target.passwordFile(), "password-file");
        Path authority = target.authority();
        this.sockets = authority == null
                ? null
                : Authority.context(authority, target.property() + ".authority").getSocketFactory();
    }

    /** Whether an address is that of a mail server. */
    static boolean isFine(URI uri) {
        return Set.of(TLS, SUBMISSION).contains(String.valueOf(uri.getScheme()))
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && Set.of("", "/").contains(String.valueOf(uri.getRawPath()))
                && uri.getRawQuery() == null;
    }

    /**
     * Sends a digest.
     *
     * @param id the same whenever it is sent
     */
    void send(Digest digest, String id) throws UnsentException {
        send(digest.title(), text.plain(digest), text.html(digest), id);
    }

    void test(String id, Instant now) throws UnsentException {
        String words = "This is a test of Portcullis, made at " + now + ": digests come here "
                + letter.schedule().spoken() + ".";
        send("A test of Portcullis", words, "<p>" + words + "</p>", id);
    }

    private void send(String subject, String plain, String html, String id) throws UnsentException {
        JavaMailSenderImpl sender = sender();
        try {
            MimeMessage message = sender.createMimeMessage();
            MimeMessageHelper helper = new MimeMessageHelper(message, true, StandardCharsets.UTF_8.name());
            helper.setFrom(new InternetAddress(letter.from(), true));
            for (String to : letter.to()) {
                helper.addTo(new InternetAddress(to, true));
            }
            helper.setSubject(subject);
            helper.setText(plain, html);
            message.setHeader("Message-ID", "<" + id + "@portcullis>");
            message.setHeader("Auto-Submitted", "auto-generated");
            sender.send(message);
        } catch (MailException | MessagingException unsent) {
            throw UnsentException.failed(
                    target.shown() + " does not take mail: "
                            + Printable.text(root(unsent).strip(), LONGEST_REASON),
                    null);
        }
    }

    private static String root(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    }

    /** One for each letter, so that a password that has changed is in use. */
    private JavaMailSenderImpl sender() throws UnsentException {
        boolean wrapped = TLS.equals(server.getScheme());
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost(server.getHost().replace("[", "").replace("]", ""));
        int usual = wrapped ? TLS_PORT : SUBMISSION_PORT;
        sender.setPort(server.getPort() < 0 ? usual : server.getPort());
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.connectiontimeout", CONNECT_MILLIS);
        properties.setProperty("mail.smtp.timeout", ANSWER_MILLIS);
        properties.setProperty("mail.smtp.writetimeout", ANSWER_MILLIS);
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(wrapped));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(!wrapped));
        boolean plain = target.plain() || HERE.contains(server.getHost());
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(!wrapped && !plain));
        if (sockets != null) {
            properties.put("mail.smtp.ssl.socketFactory", sockets);
            // Whom it does not trust would else be asked again as Java does by itself.
            properties.setProperty("mail.smtp.socketFactory.fallback", "false");
        }
        if (target.username() != null && password != null) {
            properties.setProperty("mail.smtp.auth", "true");
            sender.setUsername(target.username());
            sender.setPassword(password.used());
        }
        sender.setJavaMailProperties(properties);
        return sender;
    }

    /** Makes sure that its password can be read now. */
    void check() throws UnusableTargetException {
        try {
            if (password != null) {
                password.used();
            }
        } catch (UnsentException unreadable) {
            throw new UnusableTargetException(unreadable.sentence());
        }
    }
}

package dev.portcullis.catalogue;

import dev.portcullis.check.Findings;
import dev.portcullis.check.Words;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.ImageReference;
import dev.portcullis.workload.Setting;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** What checks of image names share. */
final class ImageRules {
    /** {@code user:password@}, which some take over from URLs. */
    private static final Pattern PASSWORD = Pattern.compile("^([^:@]*+):[^@]++@(?!sha256:)");

    private ImageRules() {}

    /** Hands on a name that can be read; any other fails. */
    static void judge(
            Container container, Findings findings, BiConsumer<ImageReference, Setting.Declared<String>> ask) {
        switch (container.image()) {
            case Setting.Inexpressible<String> none -> findings.skip(container, none.why());
            case Setting.Absent<String> absent -> findings.missing(container, absent, "name an image", null);
            case Setting.Declared<String> declared ->
                ImageReference.parse(declared.value())
                        .ifPresentOrElse(
                                image -> ask.accept(image, declared), () -> invalid(container, declared, findings));
        }
    }

    private static void invalid(Container container, Setting.Declared<String> declared, Findings findings) {
        String shown = PASSWORD.matcher(declared.value()).replaceFirst("$1:(redacted)@");
        findings.fail(
                container,
                declared.path(),
                shown,
                "is " + Words.value(shown) + ", which is no valid image name",
                "write it as registry/name:version@sha256:digest",
                null);
    }
}

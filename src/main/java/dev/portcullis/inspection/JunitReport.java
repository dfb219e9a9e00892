package dev.portcullis.inspection;

import dev.portcullis.check.Finding;
import dev.portcullis.check.Result;
import dev.portcullis.document.Position;
import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Mode;
import dev.portcullis.workload.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * JUnit XML: a suite for each source, in it a test case for each subject and check, failed by what the exit code counts. It
 * wants passes to be kept, so that a viewer sees what was mended.
 */
public final class JunitReport implements ReportWriter {
    private static final int LONGEST = 1_000;

    private final PrintWriter out;
    private final XMLStreamWriter xml;
    private final Mode failOn;
    private final List<Case> suite = new ArrayList<>();
    private @Nullable String source;

    /**
     * One test case.
     *
     * @param outcome failure, error or skipped; null where it passes
     * @param lines what is told, the first the most important
     */
    private record Case(
            String subject, String name, @Nullable String outcome, List<String> lines) {}

    /**
     * Writes one.
     *
     * @param failOn the mildest mode whose violations fail
     */
    public JunitReport(PrintWriter out, Mode failOn) {
        this.out = out;
        this.failOn = failOn;
        try {
            xml = XMLOutputFactory.newFactory().createXMLStreamWriter(new AsciiXml(out));
            xml.writeStartDocument("1.0");
            line();
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", "portcullis");
        } catch (XMLStreamException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public void add(Inspection inspection) {
        if (!(inspection instanceof Inspection.NoWorkload)) {
            if (!Objects.equals(source, inspection.source())) {
                writeSuite();
                source = inspection.source();
            }
            switch (inspection) {
                case Inspection.Judged judged -> addCases(judged);
                case Inspection.Unreadable unreadable -> suite.add(unreadable(unreadable));
                case Inspection.NoWorkload none -> {}
            }
        }
    }

    @Override
    public void end(Tally tally) {
        writeSuite();
        try {
            line();
            xml.writeEndElement();
            line();
            xml.flush();
        } catch (XMLStreamException broken) {
            throw new IllegalStateException(broken);
        }
        out.flush();
    }

    private void addCases(Inspection.Judged judged) {
        Map<String, List<Judged>> byCheck = new LinkedHashMap<>();
        for (Judged finding : judged.report().findings()) {
            byCheck.computeIfAbsent(finding.finding().check().id(), id -> new ArrayList<>())
                    .add(finding);
        }
        String subject = judged.report().subject().display();
        byCheck.forEach((check, findings) -> suite.add(testCase(subject, check, findings, judged)));
    }

    private Case testCase(String subject, String check, List<Judged> findings, Inspection.Judged inspection) {
        List<String> failed = lines(findings.stream().filter(this::fails).toList(), inspection);
        List<String> told = lines(
                findings.stream()
                        .filter(judged -> !fails(judged) && judged.finding().result() != Result.PASS)
                        .toList(),
                inspection);
        if (!failed.isEmpty()) {
            failed.addAll(told);
            return new Case(subject, check, "failure", failed);
        }
        boolean skipped = findings.stream().allMatch(judged -> judged.finding().result() == Result.SKIP);
        return new Case(subject, check, skipped ? "skipped" : null, told);
    }

    private boolean fails(Judged judged) {
        return judged.counts() && judged.mode().atLeast(failOn);
    }

    private static List<String> lines(List<Judged> findings, Inspection.Judged inspection) {
        List<String> lines = new ArrayList<>();
        for (Judged judged : findings) {
            Finding finding = judged.finding();
            Position place = inspection.placeOf(finding);
            String line = place == null ? "" : "line " + place.line() + ": ";
            lines.add(line + finding.inContainer(finding.message()) + leave(judged.exemption()));
        }
        return lines;
    }

    private static String leave(@Nullable Exemption exemption) {
        return exemption == null ? "" : " (exempted by " + exemption.id() + ")";
    }

    private static Case unreadable(Inspection.Unreadable unreadable) {
        String line =
                unreadable.place() == null ? "" : "line " + unreadable.place().line() + ": ";
        return new Case("document", "can be read", "error", List.of(line + unreadable.error()));
    }

    private void writeSuite() {
        if (suite.isEmpty()) {
            return;
        }
        String file = Printable.text(SourceName.path(source), LONGEST);
        try {
            line();
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", file);
            xml.writeAttribute("tests", String.valueOf(suite.size()));
            xml.writeAttribute("failures", count("failure"));
            xml.writeAttribute("errors", count("error"));
            xml.writeAttribute("skipped", count("skipped"));
            for (Case one : suite) {
                write(one, file);
            }
            line();
            xml.writeEndElement();
        } catch (XMLStreamException broken) {
            throw new IllegalStateException(broken);
        }
        suite.clear();
    }

    private String count(String outcome) {
        return String.valueOf(
                suite.stream().filter(one -> outcome.equals(one.outcome())).count());
    }

    private void write(Case one, String file) throws XMLStreamException {
        line();
        if (one.lines().isEmpty()) {
            xml.writeEmptyElement("testcase");
        } else {
            xml.writeStartElement("testcase");
        }
        xml.writeAttribute("classname", Printable.text(one.subject(), LONGEST));
        xml.writeAttribute("name", one.name());
        xml.writeAttribute("file", file);
        if (!one.lines().isEmpty()) {
            List<String> lines = one.lines().stream()
                    .map(line -> Printable.text(line, LONGEST))
                    .toList();
            if (one.outcome() == null) {
                xml.writeStartElement("system-out");
            } else {
                xml.writeStartElement(one.outcome());
                xml.writeAttribute("message", lines.getFirst());
            }
            xml.writeCharacters(String.join("\n", lines));
            xml.writeEndElement();
            xml.writeEndElement();
        }
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n");
    }
}

package dev.portcullis.policytest;

import dev.portcullis.inspection.AsciiXml;
import dev.portcullis.policytest.TestResult.CaseResult;
import dev.portcullis.policytest.TestResult.Outcome;
import dev.portcullis.workload.Printable;
import java.io.PrintWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** JUnit XML: a suite for each file, a test case for each of its cases. */
public final class JunitTestReport implements TestReport {
    private static final int LONGEST = 1_000;

    private final PrintWriter out;
    private final XMLStreamWriter xml;

    /** Writes one. */
    public JunitTestReport(PrintWriter out) {
        this.out = out;
        try {
            xml = XMLOutputFactory.newFactory().createXMLStreamWriter(new AsciiXml(out));
            xml.writeStartDocument("1.0");
            line();
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", "portcullis test");
        } catch (XMLStreamException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public void add(TestResult result) {
        String file = Printable.text(result.source(), LONGEST);
        try {
            line();
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", file);
            int errors = result.errors().isEmpty() ? 0 : 1;
            xml.writeAttribute("tests", String.valueOf(result.cases().size() + errors));
            xml.writeAttribute("failures", String.valueOf(result.count(Outcome.FAILED)));
            xml.writeAttribute("errors", String.valueOf(result.count(Outcome.UNREADABLE) + errors));
            for (CaseResult one : result.cases()) {
                String element = switch (one.outcome()) {
                    case PASSED -> null;
                    case FAILED -> "failure";
                    case UNREADABLE -> "error";
                };
                write(file, one.name(), element, one.lines());
            }
            if (errors > 0) {
                write(
                        file,
                        "can be read",
                        "error",
                        result.errors().stream().map(Object::toString).toList());
            }
            line();
            xml.writeEndElement();
        } catch (XMLStreamException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private void write(String file, String name, @Nullable String outcome, List<String> lines)
            throws XMLStreamException {
        line();
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", file);
        xml.writeAttribute("name", Printable.text(name, LONGEST));
        xml.writeAttribute("file", file);
        if (outcome != null) {
            List<String> told =
                    lines.stream().map(line -> Printable.text(line, LONGEST)).toList();
            xml.writeStartElement(outcome);
            xml.writeAttribute("message", told.getFirst());
            xml.writeCharacters(String.join("\n", told));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    @Override
    public void end() {
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

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n");
    }
}

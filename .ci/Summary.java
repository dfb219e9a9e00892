import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Reads the test reports in the folders given, names every failed test and every skip that no pattern after `--` allows,
 * and prints "N passed, M failed, K skipped" last. Exit code 1 when a test failed, a skip is not allowed, or none ran.
 */
void main(String[] arguments) throws Exception {
    List<String> all = List.of(arguments);
    int end = all.indexOf("--");
    List<Pattern> allowed = all.subList(end + 1, all.size()).stream().map(Pattern::compile).toList();
    int passed = 0;
    int failed = 0;
    int skipped = 0;
    boolean good = true;
    for (String folder : all.subList(0, end)) {
        for (Element suite : suites(Path.of(folder))) {
            NodeList cases = suite.getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                Element test = (Element) cases.item(i);
                String name = test.getAttribute("classname") + "#" + test.getAttribute("name");
                NodeList skips = test.getElementsByTagName("skipped");
                if (has(test, "failure") || has(test, "error")) {
                    failed++;
                    IO.println("failed: " + name);
                } else if (skips.getLength() > 0) {
                    skipped++;
                    String skip = name + ": " + ((Element) skips.item(0)).getAttribute("message");
                    boolean fine = allowed.stream().anyMatch(pattern -> pattern.matcher(skip).find());
                    good &= fine;
                    IO.println((fine ? "skipped, as allowed: " : "skipped, and must not be: ") + skip);
                } else {
                    passed++;
                }
            }
        }
    }
    if (passed == 0) {
        IO.println("no test ran");
    }
    IO.println(passed + " passed, " + failed + " failed, " + skipped + " skipped");
    System.exit(good && failed == 0 && passed > 0 ? 0 : 1);
}

boolean has(Element test, String tag) {
    return test.getElementsByTagName(tag).getLength() > 0;
}

List<Element> suites(Path folder) throws Exception {
    if (!Files.isDirectory(folder)) {
        return List.of();
    }
    var suites = new ArrayList<Element>();
    try (DirectoryStream<Path> reports = Files.newDirectoryStream(folder, "TEST-*.xml")) {
        for (Path report : reports) {
            suites.add(DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getDocumentElement());
        }
    }
    return suites;
}

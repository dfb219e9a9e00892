package dev.portcullis.console;

import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.Port;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The console's pages. All of them are one shell, which loads the module of the page that its path names; the files that it
 * names lie under a path that changes with their content. They hold no data, so anybody may read them.
 */
public final class Pages {
    private static final String FOLDER = "dev/portcullis/console/ui/";
    private static final String SHELL = "index.html";
    private static final String OF_PAGES = "pages/";
    private static final String FIRST = "overview";
    /** What the charts are drawn by, by the name under which pages know it. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "lib/uplot.js", "META-INF/resources/webjars/uplot/*/dist/uPlot.esm.js",
            "lib/uplot.css", "META-INF/resources/webjars/uplot/*/dist/uPlot.min.css");

    private static final int HASH_DIGITS = 16;

    private Pages() {}

    /** The routes of the pages and their files. */
    public static List<HttpRoute> routes(Boards boards) {
        try {
            return routes(read(), boards.paths());
        } catch (IOException broken) {
            throw new IllegalStateException("the pages of the console are not in the jar", broken);
        }
    }

    private static List<HttpRoute> routes(Map<String, Asset> files, List<String> boards) {
        Asset template = files.remove(SHELL);
        if (template == null) {
            throw new IllegalStateException("the pages of the console lack " + SHELL);
        }
        String base = "/ui/" + hash(files, template);
        Asset shell = shell(template, base, files);
        String tag = base.substring("/ui/".length());
        List<HttpRoute> routes = new ArrayList<>();
        files.forEach((name, file) -> {
            routes.add(new HttpRoute(Port.CONSOLE, "GET", base + "/" + name, "/ui/", file.forever()));
            if (name.startsWith(OF_PAGES)) {
                routes.add(new HttpRoute(Port.CONSOLE, "GET", path(name), shell.revalidated(tag)));
            }
        });
        boards.forEach(
                path -> routes.add(new HttpRoute(Port.CONSOLE, "GET", path, "/boards/", shell.revalidated(tag))));
        return List.copyOf(routes);
    }

    /** The path of the page that a module makes. */
    private static String path(String module) {
        String page = module.substring(OF_PAGES.length(), module.length() - ".js".length());
        return page.equals(FIRST) ? "/" : "/" + page;
    }

    private static Asset shell(Asset template, String base, Map<String, Asset> files) {
        String preloads = files.keySet().stream()
                .filter(name -> name.endsWith(".js") && name.indexOf('/') < 0 && !name.equals("theme.js"))
                .map(name -> "<link rel=\"modulepreload\" href=\"" + base + "/" + name + "\">")
                .collect(Collectors.joining("\n"));
        String text = template.text().replace("<!-- modules -->", preloads).replace("{ui}", base);
        return new Asset(SHELL, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(Map<String, Asset> files, Asset template) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(template.bytes());
            files.forEach((name, file) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update(file.bytes());
            });
            return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, Asset> read() throws IOException {
        var resolver = new PathMatchingResourcePatternResolver();
        Map<String, Asset> files = new TreeMap<>();
        for (Resource file : resolver.getResources("classpath*:" + FOLDER + "**/*.*")) {
            String url = file.getURL().toString();
            String name = url.substring(url.lastIndexOf(FOLDER) + FOLDER.length());
            files.put(name, asset(name, file));
        }
        for (Map.Entry<String, String> library : LIBRARIES.entrySet()) {
            Resource[] found = resolver.getResources("classpath*:" + library.getValue());
            if (found.length != 1) {
                throw new IOException("there must be one " + library.getValue() + ", not " + found.length);
            }
            files.put(library.getKey(), asset(library.getKey(), found[0]));
        }
        return files;
    }

    private static Asset asset(String name, Resource file) throws IOException {
        try (InputStream in = file.getInputStream()) {
            return new Asset(name, in.readAllBytes());
        }
    }
}

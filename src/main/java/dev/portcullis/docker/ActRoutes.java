package dev.portcullis.docker;

import dev.portcullis.workload.Act;
import dev.portcullis.workload.Deed;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The engine's routes that are acts, after {@code github.com/docker/docker/api/server/router} v28.5.2. */
final class ActRoutes {
    private static final List<Route> ALL = List.of(
            route("POST", "/containers/(.+)/exec", ActRoutes::exec),
            route("POST", "/containers/(.+)/attach", ActRoutes::attach),
            route("GET", "/containers/(.+)/attach/ws", ActRoutes::attach),
            route("POST", "/containers/(.+)/update", ActRoutes::update),
            route("PUT", "/containers/(.+)/archive", at -> Optional.of(at.act("Container", new Deed.ArchiveWrite()))),
            route("POST", "/commit", at -> Optional.of(at.actNamedBy("container", "Container", new Deed.Commit()))),
            route("POST", "/build", ActRoutes::build),
            route("POST", "/images/load", at -> Optional.of(at.act("Image", new Deed.ImageImport()))),
            route("POST", "/images/create", ActRoutes::imageCreate),
            route("POST", "/volumes/create", ActRoutes::volumeCreate),
            route("PUT", "/volumes/(.+)", at -> swarm("Volume", at)),
            route("POST", "/networks/create", ActRoutes::networkCreate),
            route("POST", "/networks/(.+)/connect", ActRoutes::networkConnect),
            route(
                    "POST",
                    "/plugins/pull",
                    at -> Optional.of(at.actNamedBy("remote", "Plugin", new Deed.PluginChange()))),
            route(
                    "POST",
                    "/plugins/create",
                    at -> Optional.of(at.actNamedBy("name", "Plugin", new Deed.PluginChange()))),
            route("POST", "/plugins/(.+)/(?:enable|disable|upgrade|set)", ActRoutes::plugin),
            route("DELETE", "/plugins/(.+)", ActRoutes::plugin),
            route("POST", "/swarm/.+", at -> swarm("Swarm", at)),
            route("POST", "/nodes/(.+)/update", at -> swarm("Node", at)),
            route("DELETE", "/nodes/(.+)", at -> swarm("Node", at)),
            route("POST", "/services/(?:create|(.+)/update)", at -> swarm("Service", at)),
            route("DELETE", "/services/(.+)", at -> swarm("Service", at)),
            route("POST", "/secrets/(?:create|(.+)/update)", at -> swarm("Secret", at)),
            route("DELETE", "/secrets/(.+)", at -> swarm("Secret", at)),
            route("POST", "/configs/(?:create|(.+)/update)", at -> swarm("Config", at)),
            route("DELETE", "/configs/(.+)", at -> swarm("Config", at)));

    private ActRoutes() {}

    /** The route of a method and a path without version, empty where no route of these is taken. */
    static Optional<Taken> find(String method, String path) {
        for (Route route : ALL) {
            Matcher matcher = route.path().matcher(path);
            if (route.method().equals(method) && matcher.matches()) {
                return Optional.of(new Taken(name(matcher), route.reader()));
            }
        }
        return Optional.empty();
    }

    private static String name(Matcher path) {
        for (int group = 1; group <= path.groupCount(); group++) {
            if (path.group(group) != null) {
                return path.group(group);
            }
        }
        return "";
    }

    /**
     * A route that a request takes.
     *
     * @param name what the path names, empty where it names nothing
     */
    record Taken(String name, Reader reader) {}

    /** Reads what a request of one route does; empty where it is no act after all. */
    interface Reader {
        Optional<Act> read(Arrival arrival) throws MalformedBodyException;
    }

    /** The engine's names may hold slashes; what is captured is the name of what the act is about. */
    private record Route(String method, Pattern path, Reader reader) {}

    private static Route route(String method, String path, Reader reader) {
        return new Route(method, Pattern.compile(path, Pattern.DOTALL), reader);
    }

    private static Optional<Act> exec(Arrival at) throws MalformedBodyException {
        return Optional.of(at.act("Container", DeedReader.exec(EngineBody.exec(at.body()))));
    }

    private static Optional<Act> attach(Arrival at) {
        return Optional.of(at.act("Container", new Deed.Attach()));
    }

    private static Optional<Act> update(Arrival at) throws MalformedBodyException {
        return Optional.of(at.act("Container", DeedReader.update(EngineBody.update(at.body()))));
    }

    private static Optional<Act> volumeCreate(Arrival at) throws MalformedBodyException {
        GoValue volume = EngineBody.volume(at.body());
        return Optional.of(at.act("Volume", volume.field("Name"), DeedReader.volume(volume)));
    }

    private static Optional<Act> networkCreate(Arrival at) throws MalformedBodyException {
        GoValue network = EngineBody.network(at.body());
        return Optional.of(at.act("Network", network.field("Name"), DeedReader.network(network)));
    }

    /** No act; but the driver's options set parameters of the kernel, which nobody judges here. */
    private static Optional<Act> networkConnect(Arrival at) throws MalformedBodyException {
        GoValue options = EngineBody.connect(at.body()).field("EndpointConfig").field("DriverOpts");
        if (!options.members().isEmpty()) {
            throw new MalformedBodyException(
                    options.path(), "is given to a network", "give them when the container is made");
        }
        return Optional.empty();
    }

    private static Optional<Act> build(Arrival at) throws MalformedBodyException {
        return Optional.of(at.actNamedBy("t", "Image", DeedReader.build(at.target())));
    }

    /** A pull names an image; what names none is an import, whatever else it says. */
    private static Optional<Act> imageCreate(Arrival at) throws MalformedBodyException {
        return at.target().parameter("fromImage").isEmpty()
                ? Optional.of(at.actNamedBy("repo", "Image", new Deed.ImageImport()))
                : Optional.empty();
    }

    private static Optional<Act> plugin(Arrival at) {
        return Optional.of(at.act("Plugin", new Deed.PluginChange()));
    }

    private static Optional<Act> swarm(String kind, Arrival at) {
        return Optional.of(at.act(kind, new Deed.SwarmChange()));
    }
}

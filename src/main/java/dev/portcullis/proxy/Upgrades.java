package dev.portcullis.proxy;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client may ask its connection to become. */
final class Upgrades {
    private static final Set<String> RAW = Set.of("tcp", "websocket");
    private static final String HTTP2 = "h2c";

    private Upgrades() {}

    /** Why a request may not change its connection as it asks; null where it may, or does not ask. */
    static @Nullable String refusal(RequestHead head, Set<Verdict.Stream> streams) {
        String upgrade = head.upgrade();
        if (upgrade == null || (RAW.contains(upgrade) && streams.contains(Verdict.Stream.RAW))) {
            return null;
        }
        if (upgrade.equals(HTTP2)) {
            return streams.contains(Verdict.Stream.HTTP2)
                    ? null
                    : "HTTP/2 (BuildKit's /grpc and /session) would bypass the policy: build with DOCKER_BUILDKIT=0, or"
                            + " open session and grpc in the policy (docker: {open: [session, grpc]})";
        }
        return "Upgrade is not for this route: send the request without it";
    }
}

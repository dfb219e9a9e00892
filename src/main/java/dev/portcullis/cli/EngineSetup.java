package dev.portcullis.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files by which an engine's machine has its engine gated, each where it belongs below the root. */
final class EngineSetup {
    static final Path UNIT = Path.of("etc/systemd/system/portcullis.service");
    static final Path DAEMON = Path.of("etc/docker/daemon.json");
    static final String SOCKET = "/run/docker/plugins/portcullis.sock";
    static final Path PLUGIN = Path.of("etc/docker/plugins/portcullis.json");

    private static final String UNIT_TEXT = """
            [Unit]
            Description=Portcullis, the gate of the Docker engine
            # The engine does not start before its plugin answers, which ExecStartPost waits for.
            Before=docker.service

            [Service]
            ExecStartPre=+/bin/mkdir -p -m 0755 /run/docker/plugins
            ExecStart=/usr/bin/java -jar /opt/portcullis/portcullis.jar serve --data /var/lib/portcullis \\
              --docker-socket @SOCKET@ --portcullis.default-mode=@MODE@
            ExecStartPost=/usr/bin/java -jar /opt/portcullis/portcullis.jar docker setup --check @SOCKET@
            TimeoutStartSec=90
            Restart=always
            RestartSec=1
            StateDirectory=portcullis
            NoNewPrivileges=true
            ProtectSystem=strict
            ReadWritePaths=/run/docker/plugins
            PrivateTmp=true
            ProtectHome=true

            [Install]
            WantedBy=docker.service multi-user.target
            """;

    /** CIS Docker 2.2, 2.8, 2.9, 2.12, 2.14 and 2.15, and what builds may ask of BuildKit. */
    private static final String DAEMON_TEXT = """
            {
              "authorization-plugins": ["portcullis"],
              "userns-remap": "default",
              "icc": false,
              "no-new-privileges": true,
              "live-restore": true,
              "default-ulimits": {
                "nofile": {"Name": "nofile", "Soft": 1024, "Hard": 4096}
              },
              "builder": {"entitlements": {"network-host": false, "security-insecure": false, "device": false}}
            }
            """;

    private static final String PLUGIN_TEXT = """
            {
              "Name": "portcullis",
              "Addr": "https://localhost:8443",
              "TLSConfig": {
                "CAFile": "/etc/docker/portcullis/ca.crt",
                "CertFile": "/etc/docker/portcullis/client.crt",
                "KeyFile": "/etc/docker/portcullis/client.key"
              }
            }
            """;

    private EngineSetup() {}

    /**
     * What a gate on the engine's own machine needs.
     *
     * @param mode of the built-in policy
     */
    static Map<Path, String> files(String mode) {
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(UNIT, UNIT_TEXT.replace("@MODE@", mode).replace("@SOCKET@", SOCKET));
        files.put(DAEMON, DAEMON_TEXT);
        return files;
    }

    /** What tells the engine of a gate that it reaches by TLS. */
    static String plugin() {
        return PLUGIN_TEXT;
    }
}

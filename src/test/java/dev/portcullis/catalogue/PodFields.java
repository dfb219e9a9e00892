package dev.portcullis.catalogue;

import java.util.List;

/** Values of the fields that Kubernetes' Pod Security checks read, ordinary and odd, as JSON. */
final class PodFields {

    static final List<String> FLAG = List.of("true", "true", "true", "false", "null", Draw.ABSENT);
    static final List<String> HOST_USERS = List.of("false", "false", "false", "true", "null", Draw.ABSENT);
    static final List<String> OS = List.of(
            "{name: 'windows'}",
            "{name: 'windows'}",
            "{name: 'linux'}",
            "{name: 'Windows'}",
            "{name: 'plan9'}",
            "{name: ''}",
            "{name: null}",
            "{}",
            "null");
    static final List<String> RUN_AS_NON_ROOT = List.of("false", "false", "true", "null", Draw.ABSENT);
    static final List<String> RUN_AS_USER =
            List.of("0", "0", "0", "1", "1000", "4294967296", "9223372036854775807", "null", Draw.ABSENT);
    static final List<String> NO_ESCALATION = List.of("true", "true", "null", Draw.ABSENT, "false");
    static final List<String> SECCOMP = List.of(
            "{type: 'RuntimeDefault'}",
            "{type: 'Localhost', localhostProfile: 'profiles/audit.json'}",
            "{type: 'Localhost'}",
            "{type: 'Localhost', localhostProfile: ''}",
            "{type: 'Unconfined'}",
            "{type: 'Unconfined'}",
            "{type: 'runtimeDefault'}",
            "{type: 'runtime/default'}",
            "{type: ''}",
            "{type: null}",
            "{}",
            "null",
            Draw.ABSENT);
    static final List<String> APPARMOR = List.of(
            "{type: 'RuntimeDefault'}",
            "{type: 'Localhost', localhostProfile: 'k8s-nginx'}",
            "{type: 'Localhost', localhostProfile: null}",
            "{type: 'Unconfined'}",
            "{type: 'Unconfined'}",
            "{type: 'unconfined'}",
            "{type: 'runtime/default'}",
            "{type: ''}",
            "{type: null}",
            "{}",
            "null");
    static final List<String> SELINUX = List.of(
            "{type: 'container_t'}",
            "{type: 'container_init_t'}",
            "{type: 'container_kvm_t', level: 's0:c1,c2'}",
            "{type: 'container_engine_t'}",
            "{type: 'container_engine_t', user: '', role: ''}",
            "{type: 'container_engine_t'}",
            "{type: 'spc_t'}",
            "{type: 'Container_t'}",
            "{type: 'container_t '}",
            "{user: 'system_u'}",
            "{role: 'system_r'}",
            "{type: 'container_t', user: 'system_u', role: 'sysadm_r'}",
            "{type: '', user: '', role: '', level: 's0'}",
            "{type: null, user: null, role: null}",
            "{level: 's0'}",
            "{}",
            "null");
    static final List<String> WINDOWS_OPTIONS = List.of(
            "{hostProcess: true}",
            "{hostProcess: true, runAsUserName: 'ContainerUser'}",
            "{hostProcess: false}",
            "{hostProcess: null}",
            "{runAsUserName: 'ContainerAdministrator'}",
            "{}",
            "null");
    static final List<String> PROC_MOUNT =
            List.of("'Unmasked'", "'Unmasked'", "'Default'", "'default'", "'Masked'", "''", "null");
    static final List<String> EMPTY = List.of("{}", "null", Draw.ABSENT);

    static final List<String> CAPABILITIES = List.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "NET_BIND_SERVICE",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT",
            "NET_RAW",
            "SYS_ADMIN",
            "NET_ADMIN",
            "ALL",
            "all",
            "chown",
            "CAP_CHOWN",
            "CAP_NET_BIND_SERVICE",
            "net_bind_service",
            "NOT_A_CAPABILITY",
            "CHOWN ",
            "");
    static final List<String> DROPS =
            List.of("ALL", "ALL", "ALL", "all", "All", "CAP_ALL", "NET_RAW", "CHOWN", "NET_BIND_SERVICE", " ALL", "");

    static final List<String> SYSCTLS_OF_1_0 = List.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range",
            "net.ipv4.ip_unprivileged_port_start");
    static final List<String> SYSCTLS_OF_1_27 = List.of("net.ipv4.ip_local_reserved_ports");
    static final List<String> SYSCTLS_OF_1_29 = List.of(
            "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes");
    static final List<String> SYSCTLS_OF_1_32 = List.of("net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem");
    static final List<String> OTHER_SYSCTLS = List.of(
            "kernel.msgmax",
            "net.core.somaxconn",
            "net.ipv4.ip_forward",
            "kernel/shm_rmid_forced",
            "net/ipv4/tcp_syncookies",
            "Kernel.shm_rmid_forced",
            "net.ipv4.tcp_rmem ",
            "net.ipv4",
            "net.ipv6.tcp_rmem",
            "");

    static final List<String> ALLOWED_VOLUMES = List.of(
            "configMap",
            "csi",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "image",
            "persistentVolumeClaim",
            "projected",
            "secret");

    static final List<String> RESTRICTED_VOLUMES = List.of(
            "gcePersistentDisk",
            "awsElasticBlockStore",
            "gitRepo",
            "nfs",
            "iscsi",
            "glusterfs",
            "rbd",
            "flexVolume",
            "cinder",
            "cephfs",
            "flocker",
            "fc",
            "azureFile",
            "vsphereVolume",
            "quobyte",
            "azureDisk",
            "photonPersistentDisk",
            "portworxVolume",
            "scaleIO",
            "storageos");

    static final List<String> SECCOMP_ANNOTATIONS = List.of(
            "'runtime/default'",
            "'docker/default'",
            "'localhost/audit.json'",
            "'localhost/'",
            "'localhost'",
            "'unconfined'",
            "'unconfined'",
            "'Runtime/Default'",
            "''",
            "null");

    static final List<String> APPARMOR_ANNOTATIONS = List.of(
            "'runtime/default'",
            "'localhost/k8s-nginx'",
            "'localhost/'",
            "'localhost'",
            "'unconfined'",
            "'unconfined'",
            "'docker/default'",
            "''",
            "null");

    static final List<String> HOSTS = List.of(
            "'127.0.0.1'", "'example.com'", "'169.254.169.254'", "'::1'", "' '", "''", "''", "null", Draw.ABSENT);

    static final List<String> HOST_PORTS =
            List.of("8080", "53", "1", "65535", "65536", "-1", "0", "0", "null", Draw.ABSENT);

    private PodFields() {}
}

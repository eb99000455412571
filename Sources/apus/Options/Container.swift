import Glibc

/// Where nobody looks on.
enum Container {
    /// Whether this process runs in a container: by the marks that Docker, Podman, Kubernetes and systemd leave in one
    /// (https://systemd.io/CONTAINER_INTERFACE), or as its first process.
    static func isAround(_ configuration: Configuration) -> Bool {
        getpid() == 1
            || ["/.dockerenv", "/run/.containerenv"].contains { (path: String) in
                unsafe access(path, F_OK) == 0
            }
            || ["container", "KUBERNETES_SERVICE_HOST"].contains { configuration.variable($0) != nil }
    }
}

import Glibc

/// A child and the processes it started, as far as they stayed in its process group.
struct ProcessGroup {
    /// The child; its number is the group's.
    private let leader: pid_t
    private var isReaped = false
    /// How the child ended, once it was reaped; nil as well when somebody else reaped it.
    private(set) var status: Int32?

    init(leader: pid_t) { self.leader = leader }

    /// Whether the child has ended. It is not reaped by looking, so its number still belongs to nobody else.
    var hasEnded: Bool {
        guard !isReaped else { return true }
        var information = siginfo_t()
        let code = waitid(P_PID, id_t(leader), &information, WEXITED | WNOHANG | WNOWAIT)
        // Without news the call succeeds and leaves the number at zero.
        return code == 0 ? information.si_signo != 0 : errno == ECHILD
    }

    /// Sends a signal to every process in the group, or to the child alone when it has left an empty group.
    func send(_ signal: Int32) {
        if kill(-leader, signal) != 0, !isReaped { kill(leader, signal) }
    }

    /// Reaps the child if it has ended, and says whether no process of the group runs any more.
    mutating func isGone() -> Bool {
        reapLeader()
        guard isReaped else { return false }
        let isGone = !Self.hasLivingMember(leader)
        // As process 1 of a container we inherit the orphans of the group, and nobody else will reap them.
        while waitpid(-leader, nil, WNOHANG) > 0 {}
        return isGone
    }

    private mutating func reapLeader() {
        guard !isReaped else { return }
        var raw: Int32 = 0
        let code = waitpid(leader, &raw, WNOHANG)
        if code == leader { status = raw }
        isReaped = code == leader || (code < 0 && errno == ECHILD)
    }
}

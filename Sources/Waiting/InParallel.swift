import Glibc
import Synchronization

/// Has many elements worked on by several threads, and gives what came of it, one value a thread. A thousand elements are worth
/// a thread, fewer are not: then the caller works alone.
///
/// - Parameters:
///   - gather: Gives the elements, and says now and then how many it has found so far: the system needs a while to make a
///     thread, which then waits for the rest.
///   - body: Called once by each thread, several at once. What one of them has taken, no other gets.
package func inParallel<Element: Sendable, Value: Sendable>(
    _ gather: (_ found: (Int) -> Void) -> [Element],
    _ body: @escaping @Sendable (Shares<Element>) -> Value
) -> [Value] {
    let processors = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let shares = Shares<Element>()
    var helpers: [Errand<Value>] = []
    shares.fill {
        let elements = gather { count in
            guard helpers.count + 1 < min(processors, 8, count / 1000) else { return }
            helpers.append(Errand { body(shares) })
        }
        return (elements, threads: helpers.count + 1)
    }
    return [body(shares)] + helpers.map { $0.value() }
}

/// Elements that several threads take, some at a time, until none is left.
package final class Shares<Element: Sendable>: Sendable, Sequence, IteratorProtocol {
    private let all = Mutex<(elements: [Element], threads: Int)>(([], 1))
    private let taken = Atomic(0)

    /// Whoever asks for anything waits until this is done.
    fileprivate func fill(_ gather: () -> ([Element], threads: Int)) { all.withLock { $0 = gather() } }

    /// How many a thread gets, more or less.
    package var size: Int { all.withLock { $0.elements.count / $0.threads } }

    /// Those that nobody has taken yet, at their positions among all.
    package func next() -> ArraySlice<Element>? {
        let start = taken.add(100, ordering: .relaxed).oldValue
        return all.withLock { all in
            start < all.elements.count
                ? all.elements[start..<Swift.min(start + 100, all.elements.count)] : nil
        }
    }
}

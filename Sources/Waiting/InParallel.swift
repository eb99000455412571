import Glibc

/// Hands parts of the elements to threads of their own, and gives what came of each, in order. A thousand elements are worth a
/// thread, fewer are not: then there is one part, and the caller works on it.
///
/// - Parameter body: Called with each part, from several threads at once.
package func inParallel<Element: Sendable, Value: Sendable>(
    _ elements: [Element],
    _ body: @escaping @Sendable (ArraySlice<Element>) -> Value
) -> [Value] {
    let processors = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let count = min(processors, 8, elements.count / 1000)
    guard count > 1 else { return [body(elements[...])] }
    let bounds = (0...count).map { elements.count * $0 / count }
    let parts = zip(bounds, bounds.dropFirst()).map { elements[$0..<$1] }
    let errands = parts.dropFirst().map { part in Errand { body(part) } }
    return [body(parts[0])] + errands.map { $0.value() }
}

import CMalloc

/// The memory that the C library gives out.
package enum Heap {
    /// Lets it take address space in large steps. Otherwise each thread asks the system for every few pages, which stops the
    /// others for that long. Memory that nobody writes to costs nothing.
    package static func growInLargeSteps() { mallopt(M_TOP_PAD, 16 << 20) }
}

import CMalloc
import Glibc
import Synchronization

/// The memory that the C library gives out.
package enum Heap {
    /// Lets it take address space in large steps. Otherwise each thread asks the system for every few pages, which stops the
    /// others for that long. Memory that nobody writes to costs nothing.
    package static func growInLargeSteps() {
        mallopt(M_TOP_PAD, 16 << 20)
        keepsPages.store(true, ordering: .relaxed)
    }

    private static let keepsPages = Atomic(false)

    /// Gets the pages now that this thread is going to fill with many small things: one by one, at the first write to each, they
    /// take several times as long. A system that cannot (before Linux 5.14) goes on doing that, and so does a heap in small
    /// steps: it would give them back at once.
    ///
    /// - Parameter size: Bytes, more or less.
    package static func populate(_ size: Int) {
        guard keepsPages.load(ordering: .relaxed) else { return }
        // Larger blocks are none of the heap's: they come from the system, and go back to it.
        let step = 120 << 10
        var blocks: [UnsafeMutableRawPointer] = []
        for _ in 0..<min(size, 16 << 20) / step {
            guard let block = unsafe malloc(step) else { break }
            unsafe blocks.append(block)
            unsafe madvise(block.alignedUp(toMultipleOf: 4096), step - 4096, MADV_POPULATE_WRITE)
        }
        for block in unsafe blocks { unsafe free(block) }
    }
}

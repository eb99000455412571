// The two orders of files. Each name is compared with the one before at every start.
extension FileName {
    /// Byte for byte, as dbmate and `ls` in the C locale do.
    func precedesByBytes(_ other: FileName) -> Bool {
        let left = text.utf8.span
        let right = other.text.utf8.span
        return precedes(left, 0..<left.count, right, 0..<right.count)
    }

    /// With numbers read as numbers, the way people read them: 2 before 10.
    func precedesNaturally(_ other: FileName) -> Bool {
        if mayBeFlyway, let one = FlywayName(self), let two = FlywayName(other), one.version != two.version {
            return one.version.lexicographicallyPrecedes(two.version)
        }
        let left = text.utf8.span
        let right = other.text.utf8.span
        var (position, place) = (0, 0)
        while position < left.count, place < right.count {
            if left[position].isDigit, right[place].isDigit {
                let one = number(in: left, at: &position)
                let two = number(in: right, at: &place)
                guard one.count == two.count else { return one.count < two.count }
                if precedes(left, one, right, two) { return true }
                if precedes(right, two, left, one) { return false }
            } else {
                guard left[position] == right[place] else { return precedesByBytes(other) }
                position += 1
                place += 1
            }
        }
        return position == left.count && place < right.count
    }
}

private func precedes(_ left: Span<UInt8>, _ one: Range<Int>, _ right: Span<UInt8>, _ two: Range<Int>) -> Bool
{
    for (position, place) in zip(one, two) where left[position] != right[place] {
        return left[position] < right[place]
    }
    return one.count < two.count
}

/// Where the number's digits without leading zeros stand. Goes on behind it.
private func number(in text: Span<UInt8>, at position: inout Int) -> Range<Int> {
    while position < text.count, text[position] == UInt8(ascii: "0") { position += 1 }
    let start = position
    while position < text.count, text[position].isDigit { position += 1 }
    return start..<position
}

//! Cuts data along ranges of addresses.

use std::ops::Range;

/// A data segment costs so many bytes beside its data; a piece that is shorter stays where it is.
const SEGMENT_COST: u32 = 8;

/// What of a segment stands outside of all ranges; too little to leave stays as well.
pub(super) fn without<'a>(segment: (u32, &'a [u8]), ranges: &[Range<u32>]) -> Vec<(u32, &'a [u8])> {
    let (address, bytes) = segment;
    let mut rest = Vec::new();
    let mut from = address;
    for (start, bytes) in within(segment, ranges) {
        rest.push((from, start));
        from = start + bytes.len() as u32;
    }
    rest.push((from, address + bytes.len() as u32));
    let part = |(from, to): (u32, u32)| (from, &bytes[(from - address) as usize..(to - address) as usize]);
    rest.into_iter().filter(|(from, to)| from < to).map(part).collect()
}

/// What of a segment stands in the ranges and is worth a segment of its own.
pub(super) fn within<'a>((address, bytes): (u32, &'a [u8]), ranges: &[Range<u32>]) -> Vec<(u32, &'a [u8])> {
    let end = address + bytes.len() as u32;
    let parts = ranges.iter().filter_map(|range| {
        let (from, to) = (range.start.max(address), range.end.min(end));
        let is_worth_it = from < to && to - from > SEGMENT_COST;
        is_worth_it.then(|| (from, &bytes[(from - address) as usize..(to - address) as usize]))
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Thirty bytes from address 100 on, each its own distance from there.
    const SEGMENT: [u8; 30] =
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29];

    #[test]
    fn every_byte_stands_in_exactly_one_part() {
        for ranges in [[0..0, 0..200], [0..1, 110..120], [100..110, 118..130], [90..110, 120..140], [0..1, 2..3]] {
            let segment = (100, SEGMENT.as_slice());
            let (inside, outside) = (within(segment, &ranges), without(segment, &ranges));
            let mut bytes: Vec<_> =
                inside.iter().chain(&outside).flat_map(|(_, bytes)| bytes.iter().copied()).collect();
            bytes.sort_unstable();
            assert_eq!(bytes, SEGMENT, "{ranges:?}");
            for (address, bytes) in inside.iter().chain(&outside) {
                assert_eq!(u32::from(bytes[0]), address - 100, "{ranges:?}");
            }
        }
    }

    #[test]
    fn a_piece_that_is_smaller_than_what_a_segment_costs_stays() {
        let segment = (100, SEGMENT.as_slice());
        let pieces = [100..100 + SEGMENT_COST, 120..120 + SEGMENT_COST];
        assert_eq!(within(segment, &pieces), []);
        assert_eq!(without(segment, &pieces), [segment]);
    }
}

//! Sets of bytes: the first or last bytes that the characters of a class have in UTF-8.

use regex_syntax::hir::Class;

/// A set of bytes, a bit for each.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ByteSet(pub(crate) [u64; 4]);

impl ByteSet {
    pub(super) fn of(byte: u8) -> Self {
        let mut set = Self::default();
        set.add(byte, byte);
        set
    }

    /// The bytes that the characters of a class begin with.
    pub(super) fn first_of(class: &Class) -> Self {
        let mut set = Self::default();
        match class {
            Class::Unicode(class) => {
                let first_of = |character: char| character.encode_utf8(&mut [0; 4]).as_bytes()[0];
                class
                    .ranges()
                    .iter()
                    .for_each(|range| set.add(first_of(range.start()), first_of(range.end())));
            }
            Class::Bytes(class) => {
                class.ranges().iter().for_each(|range| set.add(range.start(), range.end()))
            }
        }
        set
    }

    /// The bytes that the characters of a class end with, or more.
    pub(super) fn last_of(class: &Class) -> Self {
        // A character is a byte of ASCII, or ends with one that is none.
        let Self([lower, upper, beyond, further]) = Self::first_of(class);
        let others = if beyond | further == 0 { 0 } else { u64::MAX };
        Self([lower, upper, others, others])
    }

    fn add(&mut self, first: u8, last: u8) {
        for byte in first..=last {
            self.0[usize::from(byte / 64)] |= 1 << (byte % 64);
        }
    }

    pub(super) fn holds(self, byte: u8) -> bool {
        self.0[usize::from(byte / 64)] >> (byte % 64) & 1 == 1
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self(std::array::from_fn(|at| self.0[at] | other.0[at]))
    }
}

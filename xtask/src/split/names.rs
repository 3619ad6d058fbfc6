//! Names for what the modules hand each other: as short as can be, and none that is there already.

use std::collections::BTreeSet;

const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// a, b, … Z, aa, ba, …, but for those that are taken.
pub(super) struct Names {
    taken: BTreeSet<String>,
    given: usize,
}

impl Names {
    pub(super) fn beside<'a>(taken: impl Iterator<Item = &'a str>) -> Self {
        Self { taken: taken.map(str::to_owned).collect(), given: 0 }
    }

    pub(super) fn next(&mut self) -> String {
        loop {
            let name = spelt(self.given);
            self.given += 1;
            if !self.taken.contains(&name) {
                return name;
            }
        }
    }
}

fn spelt(mut number: usize) -> String {
    let mut name = String::new();
    loop {
        name.push(char::from(LETTERS[number % LETTERS.len()]));
        match (number / LETTERS.len()).checked_sub(1) {
            Some(rest) => number = rest,
            None => return name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_given_twice_and_none_that_is_taken() {
        let mut names = Names::beside(["a", "c", "aa"].into_iter());
        let given: Vec<_> = (0..3000).map(|_| names.next()).collect();
        assert_eq!(given[..2], ["b", "d"]);
        let apart: BTreeSet<_> = given.iter().collect();
        assert_eq!(apart.len(), given.len());
        assert!(!given.iter().any(|name| ["a", "c", "aa"].contains(&name.as_str())));
    }
}

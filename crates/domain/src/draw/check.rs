//! Checking a proof, in portions: a page must not freeze over a hundred thousand entries.

use std::collections::HashSet;

use super::beacon::{Beacon, SIGNATURE_LENGTH, randomness};
use super::fault::{Listed, ProofFault, Step};
use super::merkle::{PathStep, TreeBuilder};
use super::proof::{DrawProof, ProofBeacon};
use super::{Scorer, VERSION, commitment, scoring_key};
use crate::hex;
use crate::ids::{EntryId, PrizeId};

/// A check under way.
pub struct Check<'a> {
    proof: &'a DrawProof,
    entries: &'a [EntryId],
    step: Step,
    /// How many entries this step has been through.
    at: usize,
    tree: TreeBuilder,
    watched: Vec<EntryId>,
    paths: Vec<Vec<PathStep>>,
    scorer: Scorer,
    scores: Vec<([u8; 32], EntryId)>,
}

/// How far a check is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// This step needs another portion.
    Going(Step),
    /// This step holds; the next portion begins the next one.
    Holds(Step),
    /// All of it holds.
    Done(Verdict),
}

/// What a proof that holds comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How many entries are in the list.
    pub entry_count: usize,
    /// Fields that could say anything: nothing that was recomputed rests on them.
    pub uncovered: Vec<&'static str>,
}

impl<'a> Check<'a> {
    /// Begins to check a document against its list of entries.
    ///
    /// Whose an entry is cannot be seen from outside; so a passed-over entry is taken at its word, and it is checked
    /// that it names an entry that came in before it. A beacon's signature is checked by others as well: its
    /// mathematics has no place among the rules.
    pub fn new(proof: &'a DrawProof, entries: &'a [EntryId]) -> Self {
        let randomness = proof.beacon.as_ref().map(|beacon| beacon.randomness.0);
        let randomness = randomness.as_ref().map_or(&[][..], |bytes| &bytes[..]);
        let key = scoring_key(&proof.draw_id, &proof.seed.0, &proof.root, randomness);
        Self {
            proof,
            entries,
            step: Step::Document,
            at: 0,
            tree: TreeBuilder::default(),
            watched: Vec::new(),
            paths: Vec::new(),
            scorer: Scorer::new(&key),
            scores: Vec::new(),
        }
    }

    /// Notes the paths of these entries to the root on the way; to be called before the first portion.
    #[must_use]
    pub fn watching(mut self, entry_ids: &[EntryId]) -> Self {
        // Only a sorted list is searched with success; an unsorted one fails before its paths are asked for.
        let place = |id: &EntryId| self.entries.binary_search(id).unwrap_or(usize::MAX);
        let places: Vec<_> = entry_ids.iter().map(place).collect();
        self.tree = TreeBuilder::watching(&places);
        self.watched = entry_ids.to_vec();
        self
    }

    /// The place of a watched entry in the list, from 0, and its path to the root; none if it is not in the list. Known
    /// once the root holds.
    pub fn path_of(&self, entry_id: EntryId) -> Option<(usize, &[PathStep])> {
        let index = self.entries.binary_search(&entry_id).ok()?;
        let watched = self.watched.iter().position(|id| *id == entry_id)?;
        self.paths.get(watched).map(|path| (index, &path[..]))
    }

    /// The step that the next portion is of.
    pub fn step(&self) -> Step {
        self.step
    }

    /// How many entries the running step has been through.
    pub fn entries_done(&self) -> usize {
        self.at
    }

    /// Does one step, or of a long one what `portion` entries take.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn advance(&mut self, portion: usize) -> Result<Progress, ProofFault> {
        let end = self.at.saturating_add(portion.max(1)).min(self.entries.len());
        let next = &self.entries[self.at..end];
        let done = self.step;
        match done {
            Step::Document => {
                must(self.proof.version == VERSION, || ProofFault::UnknownVersion)?;
                self.step = Step::Commitment;
            }
            Step::Commitment => {
                must(commitment(&self.proof.seed.0) == self.proof.commitment, || ProofFault::Commitment)?;
                self.step = Step::Entries;
            }
            Step::Entries => {
                let unsorted = self.entries.windows(2).position(|pair| pair[0] >= pair[1]);
                must(unsorted.is_none(), || ProofFault::EntriesUnsorted { index: unsorted.unwrap_or_default() + 1 })?;
                self.step = Step::Root;
            }
            Step::Root => {
                next.iter().for_each(|id| self.tree.push(*id));
                self.at = end;
                if end < self.entries.len() {
                    return Ok(Progress::Going(done));
                }
                let tree = std::mem::take(&mut self.tree).finish();
                must(tree.root == self.proof.root, || ProofFault::Root)?;
                self.paths = tree.paths;
                (self.at, self.step) = (0, Step::Beacon);
                if self.proof.beacon.is_none() {
                    self.step = Step::Order;
                }
            }
            Step::Beacon => {
                self.proof.beacon.as_ref().map_or(Ok(()), |beacon| check_beacon(beacon, self.proof))?;
                self.step = Step::Order;
            }
            Step::Order => {
                self.scores.extend(next.iter().map(|id| (self.scorer.score(*id), *id)));
                self.at = end;
                if end < self.entries.len() {
                    return Ok(Progress::Going(done));
                }
                (self.at, self.step) = (0, Step::Winners);
            }
            Step::Winners | Step::Receipt => return self.result().map(Progress::Done),
        }
        Ok(Progress::Holds(done))
    }

    /// Everything at once.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn run(mut self) -> Result<Verdict, ProofFault> {
        loop {
            if let Progress::Done(verdict) = self.advance(usize::MAX)? {
                return Ok(verdict);
            }
        }
    }

    /// The entries that the result can be about, by score. All others come later, in whatever order.
    fn first_by_score(&mut self) -> &[([u8; 32], EntryId)] {
        let proof = self.proof;
        // One more than are named, so that a list which ends too early is seen.
        let named = proof.winners.len() + proof.reserves.len() + proof.passed_over.len() + 1;
        if named < self.scores.len() {
            self.scores.select_nth_unstable(named);
            self.scores.truncate(named);
        }
        self.scores.sort_unstable();
        &self.scores
    }

    fn result(&mut self) -> Result<Verdict, ProofFault> {
        let (proof, entries) = (self.proof, self.entries);
        all_are_listed(proof, entries)?;
        let place_count = proof.prizes.iter().map(|prize| u64::from(prize.count)).sum::<u64>();
        let place_count = place_count + u64::from(proof.reserve_count);
        let mut prizes: Box<dyn Iterator<Item = &PrizeId>> =
            Box::new(proof.prizes.iter().flat_map(|prize| std::iter::repeat_n(&prize.prize_id, prize.count as usize)));
        let (mut winners, mut reserves) = (proof.winners.iter().enumerate(), proof.reserves.iter().enumerate());
        let mut passed_over = proof.passed_over.iter().enumerate().peekable();
        let mut came_in: HashSet<EntryId> = HashSet::new();
        for (_, turn) in self.first_by_score() {
            if came_in.len() as u64 == place_count {
                break;
            }
            if let Some((index, passed)) = passed_over.next_if(|(_, passed)| passed.entry_id == *turn) {
                must(came_in.contains(&passed.same_person_as), || ProofFault::NotInBefore { index })?;
                continue;
            }
            let expected = Some(*turn);
            match prizes.next() {
                Some(prize) => {
                    let of = Listed::Winners;
                    let (index, winner) = winners.next().ok_or(ProofFault::TooShort { of, expected: *turn })?;
                    must(winner.entry_id == *turn, || ProofFault::OutOfTurn { of, index, expected })?;
                    must(winner.prize_id == *prize, || ProofFault::Prize { index, expected: prize.clone() })?;
                }
                None => {
                    let of = Listed::Reserves;
                    let (index, reserve) = reserves.next().ok_or(ProofFault::TooShort { of, expected: *turn })?;
                    must(reserve == turn, || ProofFault::OutOfTurn { of, index, expected })?;
                }
            }
            came_in.insert(*turn);
        }
        let over = |of, index: Option<usize>| match index {
            Some(index) => Err(ProofFault::OutOfTurn { of, index, expected: None }),
            None => Ok(()),
        };
        over(Listed::Winners, winners.next().map(|(index, _)| index))?;
        over(Listed::Reserves, reserves.next().map(|(index, _)| index))?;
        over(Listed::PassedOver, passed_over.next().map(|(index, _)| index))?;
        let placed = came_in.len() + proof.passed_over.len();
        Ok(Verdict { entry_count: entries.len(), uncovered: uncovered(proof, entries.len(), placed) })
    }
}

fn must(holds: bool, fault: impl FnOnce() -> ProofFault) -> Result<(), ProofFault> {
    if holds { Ok(()) } else { Err(fault()) }
}

/// Names the field where an id was changed, rather than what follows from it.
fn all_are_listed(proof: &DrawProof, entries: &[EntryId]) -> Result<(), ProofFault> {
    let all = |of, mut ids: &mut dyn Iterator<Item = EntryId>| {
        let unknown = (&mut ids).position(|id| entries.binary_search(&id).is_err());
        unknown.map_or(Ok(()), |index| Err(ProofFault::NotInList { of, index }))
    };
    all(Listed::Winners, &mut proof.winners.iter().map(|winner| winner.entry_id))?;
    all(Listed::Reserves, &mut proof.reserves.iter().copied())?;
    all(Listed::PassedOver, &mut proof.passed_over.iter().map(|passed| passed.entry_id))?;
    let unknown = proof.passed_over.iter().position(|passed| entries.binary_search(&passed.same_person_as).is_err());
    unknown.map_or(Ok(()), |index| Err(ProofFault::NotInBefore { index }))
}

/// What hashing can say of a beacon.
fn check_beacon(beacon: &ProofBeacon, proof: &DrawProof) -> Result<(), ProofFault> {
    let known = Beacon::of_chain(&beacon.chain).ok_or(ProofFault::UnknownBeacon)?;
    let expected = known.round_for(proof.closed_at);
    must(beacon.round == expected, || ProofFault::BeaconRound { expected })?;
    let signature = hex::decode::<SIGNATURE_LENGTH>(&beacon.signature).ok_or(ProofFault::BeaconSignatureForm)?;
    must(randomness(&signature) == beacon.randomness, || ProofFault::BeaconRandomness)
}

/// Version 1 hashes neither instants nor titles; and where all entries came in, more places would change nothing.
fn uncovered(proof: &DrawProof, entry_count: usize, placed: usize) -> Vec<&'static str> {
    let mut fields = vec!["opened_at", "prizes[].title"];
    let mut unless = |is_covered: bool, field| {
        if !is_covered {
            fields.push(field);
        }
    };
    unless(proof.beacon.is_some(), "closed_at");
    // The round follows from the close, but all instants of one period have the same round.
    unless(proof.beacon.is_none(), "closed_at (to 3 s)");
    unless(proof.entries_url.is_none(), "entries_url");
    unless(pins_draw_id(entry_count, placed), "draw_id");
    unless(placed < entry_count, "reserve_count");
    let has_empty_lot = proof.prizes.iter().any(|prize| prize.count == 0);
    unless(!has_empty_lot && (placed < entry_count || !proof.reserves.is_empty()), "prizes");
    fields
}

/// Whether only this draw id gives this order. It has no hash of its own; among few entries another id may happen to
/// give the same order, and one that does can be looked for. A receipt pins it in any case.
fn pins_draw_id(entry_count: usize, placed: usize) -> bool {
    const ENOUGH_ORDERS: u64 = 1 << 40;
    let mut orders = 1u64;
    for place in 0..placed {
        orders = orders.saturating_mul((entry_count - place) as u64);
    }
    orders >= ENOUGH_ORDERS
}

#[cfg(test)]
mod tests;

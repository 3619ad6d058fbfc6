//! Which part of the page can only be reached once the second file is there.

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::{Result, bail};

use super::linked::{Linked, Node};

/// What the statics are called that have the only ways from the first part into the second.
const WAYS: &str = "WAYS_INTO_THE_REST";

/// What goes into the second file, in terms that hold until the module is final: places in the table and addresses.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Table places that only the second part ever names.
    pub(crate) slots: BTreeSet<u32>,
    /// Those of them that the ways in lead to.
    pub(crate) entries: BTreeSet<u32>,
    /// Data that only the second part ever names.
    pub(crate) data: Vec<Range<u32>>,
}

impl Plan {
    /// Draws the border.
    pub(crate) fn of(linked: &Linked) -> Result<Self> {
        let ways: Vec<_> = (0..linked.pieces.len()).filter(|it| linked.pieces[*it].name.contains(WAYS)).collect();
        let first = reach(linked, linked.roots.clone(), &ways);
        if !ways.iter().any(|way| first.has(Node::Piece(*way))) {
            bail!("nothing asks for a {WAYS}");
        }
        let led_to: Vec<_> = ways.iter().flat_map(|way| &linked.pieces[*way].uses).copied().collect();
        let second = reach(linked, led_to.clone(), &[]);
        let is_moved = |node| second.has(node) && !first.has(node);
        let slot = |function: usize| linked.functions[function].slot;
        let slots = (0..linked.functions.len()).filter(|it| is_moved(Node::Function(*it))).filter_map(slot).collect();
        let entries = led_to.iter().filter_map(|node| match node {
            Node::Function(function) => slot(*function),
            Node::Piece(_) => None,
        });
        let data = ranges(linked, |piece| is_moved(Node::Piece(piece)));
        Ok(Self { slots, entries: entries.collect(), data })
    }
}

/// Moved pieces, joined where nothing but padding stands between them.
fn ranges(linked: &Linked, is_moved: impl Fn(usize) -> bool) -> Vec<Range<u32>> {
    let mut ranges: Vec<Range<u32>> = Vec::new();
    let mut joins = false;
    for (index, piece) in linked.pieces.iter().enumerate() {
        if is_moved(index) {
            match ranges.last_mut() {
                Some(last) if joins => last.end = piece.addresses.end,
                _ => ranges.push(piece.addresses.clone()),
            }
        }
        joins = is_moved(index);
    }
    ranges
}

struct Reached {
    functions: Vec<bool>,
    pieces: Vec<bool>,
}

impl Reached {
    fn has(&self, node: Node) -> bool {
        match node {
            Node::Function(function) => self.functions[function],
            Node::Piece(piece) => self.pieces[piece],
        }
    }

    fn add(&mut self, node: Node) -> bool {
        let seen = match node {
            Node::Function(function) => &mut self.functions[function],
            Node::Piece(piece) => &mut self.pieces[piece],
        };
        !std::mem::replace(seen, true)
    }
}

/// Everything that these refer to, over any number of steps, but for what stands behind the ways.
fn reach(linked: &Linked, from: Vec<Node>, ways: &[usize]) -> Reached {
    let mut reached =
        Reached { functions: vec![false; linked.functions.len()], pieces: vec![false; linked.pieces.len()] };
    let mut open = from;
    while let Some(node) = open.pop() {
        if !reached.add(node) {
            continue;
        }
        match node {
            Node::Function(function) => open.extend(&linked.functions[function].uses),
            Node::Piece(piece) if ways.contains(&piece) => {}
            Node::Piece(piece) => open.extend(&linked.pieces[piece].uses),
        }
    }
    reached
}

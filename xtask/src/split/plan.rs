//! Which part of the page can only be reached once the second file is there.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
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
    /// Draws the border. Functions with `kept_out` in their names must be beyond it.
    pub(crate) fn of(linked: &Linked, kept_out: &str) -> Result<Self> {
        let ways: Vec<_> = (0..linked.pieces.len()).filter(|it| linked.pieces[*it].name.contains(WAYS)).collect();
        let first = reach(linked, linked.roots.clone(), &ways);
        if !ways.iter().any(|way| first.has(Node::Piece(*way))) {
            bail!("nothing asks for a {WAYS}");
        }
        let mut talkers = linked.functions.iter().enumerate().filter(|(_, it)| it.name.contains(kept_out)).peekable();
        if talkers.peek().is_none() {
            bail!("nothing is called {kept_out}: so it can't be seen whether the first part reaches it");
        }
        if let Some((reached, _)) = talkers.find(|(function, _)| first.has(Node::Function(*function))) {
            bail!(
                "the first part of the page reaches what it must not: {}.\nLet it wish for that (src/state/rest.rs)",
                first.way_to(Node::Function(reached), linked).join(" → ")
            );
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

/// What is reached, each with what refers to it on the shortest way from outside.
#[derive(Default)]
struct Reached(BTreeMap<Node, Option<Node>>);

impl Reached {
    fn has(&self, node: Node) -> bool {
        self.0.contains_key(&node)
    }

    /// The names along the way to a node, from outside.
    fn way_to<'a>(&self, node: Node, linked: &'a Linked) -> Vec<&'a str> {
        let mut names = Vec::new();
        let mut next = Some(node);
        while let Some(node) = next {
            names.push(linked.name(node));
            next = self.0.get(&node).copied().flatten();
        }
        names.reverse();
        names
    }
}

/// Everything that these refer to, over any number of steps, but for what stands behind the ways.
fn reach(linked: &Linked, from: Vec<Node>, ways: &[usize]) -> Reached {
    let mut reached = Reached::default();
    let mut open: VecDeque<_> = from.into_iter().map(|node| (node, None)).collect();
    while let Some((node, by)) = open.pop_front() {
        if reached.has(node) {
            continue;
        }
        reached.0.insert(node, by);
        let uses = match node {
            Node::Function(function) => &linked.functions[function].uses,
            Node::Piece(piece) if ways.contains(&piece) => continue,
            Node::Piece(piece) => &linked.pieces[piece].uses,
        };
        open.extend(uses.iter().map(|used| (*used, Some(node))));
    }
    reached
}

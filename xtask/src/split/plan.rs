//! Which parts of the page can only be reached once a later file is there.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;

use anyhow::{Result, bail};

use super::linked::{Linked, Node};

/// What the statics are called that have the only ways into each part after the first, in order.
pub(crate) const WAYS: [&str; 4] = ["WAYS_INTO_RUSH", "WAYS_INTO_THE_REST", "WAYS_INTO_THE_BOARD", "WAYS_INTO_LATER"];
/// So many parts after the second stand beside it: who is at the board has no round, and the other way round.
pub(crate) const BESIDE: usize = 2;

/// What goes into the files after the first, in terms that hold until the module is final: places in the table and
/// addresses.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Those after the first.
    pub(crate) parts: Vec<Part>,
    /// How many of them after the first of them do without it, and it without them.
    pub(crate) beside: usize,
    /// Data that only such functions name as the finished module has no more. Of them it is rid by itself, of their data not.
    pub(crate) dead: Vec<Range<u32>>,
}

/// What goes into one file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Part {
    /// Table places that no part before it names.
    pub(crate) slots: BTreeSet<u32>,
    /// Those of them that the ways in lead to.
    pub(crate) entries: BTreeSet<u32>,
    /// Data that no part before it names.
    pub(crate) data: Vec<Range<u32>>,
    /// All functions and data that no part before it names, as the linker left them.
    pub(crate) nodes: Vec<Node>,
}

impl Plan {
    /// Draws the borders at these ways. Each part stands on those before it, but for the so many `beside` the second: what it
    /// and they both reach is in the first. Functions with `kept_out` in their names must be beyond the first two.
    pub(crate) fn of(linked: &Linked, names: &[&str], beside: usize, kept_out: &str) -> Result<Self> {
        let named =
            |name: &&str| (0..linked.pieces.len()).filter(|it| linked.pieces[*it].name.contains(*name)).collect();
        let ways: Vec<Vec<usize>> = names.iter().map(named).collect();
        let closed = |parts: &[Vec<usize>]| parts.concat();
        let led_to = |ways: &[Vec<usize>]| -> Vec<Node> {
            ways.iter().flatten().flat_map(|way| &linked.pieces[*way].uses).copied().collect()
        };
        let first = reach(linked, linked.roots.clone(), &closed(&ways));
        stays_out(linked, &first, kept_out)?;
        let mut before = vec![first];
        if beside > 0 {
            let second = reach(linked, led_to(&ways[..1]), &closed(&ways[1..]));
            stays_out(linked, &second, kept_out)?;
            let others = reach(linked, led_to(&ways[1..=beside]), &[&ways[..1], &ways[beside + 1..]].concat().concat());
            before.push(Reached(second.0.into_iter().filter(|(node, _)| others.has(*node)).collect()));
        }
        let mut plan = Self { beside, ..Self::default() };
        for (number, own_ways) in ways.iter().enumerate() {
            let is_before = |node| before.iter().any(|part| part.has(node));
            if !own_ways.iter().any(|way| is_before(Node::Piece(*way))) {
                bail!("nothing asks for a {}", names[number]);
            }
            let led_to = led_to(&ways[number..=number]);
            let reached = reach(linked, led_to.clone(), &closed(&ways[number + 1..]));
            let is_moved = |node| reached.has(node) && !is_before(node);
            let slot = |function: usize| linked.functions[function].slot;
            let moved = (0..linked.functions.len()).filter(|it| is_moved(Node::Function(*it)));
            let slots = moved.filter_map(slot).collect();
            let entries = led_to
                .iter()
                .filter_map(|node| match node {
                    Node::Function(function) => slot(*function),
                    Node::Piece(_) => None,
                })
                .collect();
            let data = ranges(linked, |piece| is_moved(Node::Piece(piece)));
            let nodes = reached.0.keys().copied().filter(|node| is_moved(*node)).collect();
            plan.parts.push(Part { slots, entries, data, nodes });
            before.push(reached);
        }
        plan.dead = ranges(linked, |piece| !before.iter().any(|part| part.has(Node::Piece(piece))));
        Ok(plan)
    }
}

/// Fails if the first part reaches what it must not, and says by which way.
fn stays_out(linked: &Linked, first: &Reached, kept_out: &str) -> Result<()> {
    let mut named = linked.functions.iter().enumerate().filter(|(_, it)| it.name.contains(kept_out)).peekable();
    if named.peek().is_none() {
        bail!("nothing is called {kept_out}: so it can't be seen whether the first part reaches it");
    }
    match named.find(|(function, _)| first.has(Node::Function(*function))) {
        Some((reached, _)) => bail!(
            "the first part of the page reaches what it must not: {}.\nLet it wish for that (src/state/rest.rs)",
            first.way_to(Node::Function(reached), linked).join(" → ")
        ),
        None => Ok(()),
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

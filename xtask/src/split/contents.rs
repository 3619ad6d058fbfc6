//! What is in each part of the page, and how long it is: so that one sees what else could come later.

use std::collections::BTreeSet;

use super::linked::{Linked, Node};
use super::plan::Plan;

/// A line for each function and each piece of data, the longest first in each part: part, bytes as linked, name. What
/// nothing reaches is not told of.
pub(crate) fn contents(linked: &Linked, plan: &Plan) -> Vec<String> {
    let later: Vec<_> = plan.parts.iter().map(|part| part.nodes.clone()).collect();
    let moved: BTreeSet<_> = later.iter().flatten().copied().collect();
    let first = linked.nodes().filter(|node| !moved.contains(node)).collect();
    let mut lines = Vec::new();
    for (part, mut nodes) in std::iter::once(first).chain(later).enumerate() {
        nodes.sort_by_key(|node: &Node| std::cmp::Reverse(linked.length(*node)));
        lines.extend(nodes.into_iter().map(|node| format!("{part} {:>6} {}", linked.length(node), linked.name(node))));
    }
    lines
}

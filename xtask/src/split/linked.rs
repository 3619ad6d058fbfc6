//! What refers to what in a module as the linker leaves it: its relocations say that exactly, of code and of data.

use std::ops::Range;

use anyhow::{Context, Result, bail};
use wasmparser::RelocationType;

use super::raw::{Raw, Segment, Symbol};

/// Something that refers and is referred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Node {
    /// A function, by its index.
    Function(usize),
    /// A piece of data, by its place in [`Linked::pieces`].
    Piece(usize),
}

/// A function of the module, imported ones among them.
#[derive(Default)]
pub(crate) struct Function {
    /// Its symbol; imported ones have none.
    pub(crate) name: String,
    /// Its place in the table, if its address is taken anywhere.
    pub(crate) slot: Option<u32>,
    /// Its code's length in the linked file, bytes.
    pub(crate) length: u64,
    /// What its code refers to.
    pub(crate) uses: Vec<Node>,
}

/// A piece of data that is only referred to as a whole: a symbol's bytes.
pub(crate) struct Piece {
    /// Its symbol.
    pub(crate) name: String,
    /// Its addresses.
    pub(crate) addresses: Range<u32>,
    /// What it refers to.
    pub(crate) uses: Vec<Node>,
}

/// A linked module as a graph.
#[derive(Default)]
pub(crate) struct Linked {
    pub(crate) functions: Vec<Function>,
    /// By address, without overlaps.
    pub(crate) pieces: Vec<Piece>,
    /// What is called from outside.
    pub(crate) roots: Vec<Node>,
}

impl Linked {
    /// Reads a module that was linked with `--emit-relocs`.
    pub(crate) fn read(module: &[u8]) -> Result<Self> {
        let raw = Raw::read(module)?;
        let mut linked = Self { functions: raw.functions, pieces: raw.pieces, roots: raw.roots };
        if raw.relocations.is_empty() {
            bail!("the module has no relocations: it was linked without `--emit-relocs`");
        }
        let targets = raw.symbols.iter().map(|symbol| linked.target(symbol)).collect::<Vec<_>>();
        for (place, kind, symbol) in raw.relocations {
            let target = *targets.get(symbol).context("a relocation of no symbol")?;
            let Some(target) = points_at(kind)?.and(target) else { continue };
            linked.uses_at(place, &raw.bodies, &raw.segments)?.push(target);
        }
        Ok(linked)
    }

    /// Everything that there is.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = Node> {
        let functions = (0..self.functions.len()).map(Node::Function);
        functions.chain((0..self.pieces.len()).map(Node::Piece))
    }

    /// How long a node is in the linked file, bytes.
    pub(crate) fn length(&self, node: Node) -> u64 {
        match node {
            Node::Function(function) => self.functions[function].length,
            Node::Piece(piece) => self.pieces[piece].addresses.len() as u64,
        }
    }

    /// What a node is called.
    pub(crate) fn name(&self, node: Node) -> &str {
        match node {
            Node::Function(function) => &self.functions[function].name,
            Node::Piece(piece) => &self.pieces[piece].name,
        }
    }

    fn target(&self, symbol: &Symbol) -> Option<Node> {
        match symbol {
            Symbol::Function(index) => Some(Node::Function(*index)),
            Symbol::Address(address) => self.piece_at(*address).map(Node::Piece),
            Symbol::Other => None,
        }
    }

    fn piece_at(&self, address: u32) -> Option<usize> {
        let after = self.pieces.partition_point(|piece| piece.addresses.start <= address);
        let piece = after.checked_sub(1)?;
        self.pieces[piece].addresses.contains(&address).then_some(piece)
    }

    /// Where to write down what stands at this place of the file.
    fn uses_at(&mut self, place: u64, bodies: &[Range<u64>], segments: &[Segment]) -> Result<&mut Vec<Node>> {
        if let Some(segment) = segments.iter().find(|segment| segment.range.contains(&place)) {
            let address = segment.address + u32::try_from(place - segment.range.start)?;
            let piece = self.piece_at(address).context("data outside of every symbol refers to something")?;
            return Ok(&mut self.pieces[piece].uses);
        }
        let after = bodies.partition_point(|body| body.start <= place);
        let body = after.checked_sub(1).filter(|body| bodies[*body].contains(&place));
        let body = body.context("a relocation stands outside of every function")?;
        let imported = self.functions.len() - bodies.len();
        Ok(&mut self.functions[imported + body].uses)
    }
}

/// Whether a relocation makes its place refer to something; types and globals stay wherever they are needed.
fn points_at(kind: RelocationType) -> Result<Option<()>> {
    use RelocationType as Kind;
    match kind {
        Kind::FunctionIndexLeb
        | Kind::TableIndexSleb
        | Kind::TableIndexI32
        | Kind::MemoryAddrLeb
        | Kind::MemoryAddrSleb
        | Kind::MemoryAddrI32 => Ok(Some(())),
        Kind::TypeIndexLeb | Kind::GlobalIndexLeb | Kind::TableNumberLeb => Ok(None),
        other => bail!("a relocation of the kind {other:?}, which nobody has thought through yet"),
    }
}

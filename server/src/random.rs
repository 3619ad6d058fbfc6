//! Secure randomness, from the system.

/// `N` random bytes that nobody can foresee.
#[expect(
    clippy::expect_used,
    reason = "a system without randomness can hold no fair draw; stopping is the only honest answer"
)]
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes
}

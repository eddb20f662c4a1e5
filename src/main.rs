//! The command `skrivelse`.
fn main() {}

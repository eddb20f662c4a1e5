//! What reading a paper noticed and no record keeps. The checks need it; it is never written.

/// What reading noticed of one paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noticed {
    /// The head has the label "Diarienummer" and no number with it.
    pub has_empty_diarienummer_label: bool,
    /// Some of it was read from pictures by character recognition, which takes letters for others.
    pub is_recognised: bool,
}

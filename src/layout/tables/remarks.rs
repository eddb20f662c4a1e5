//! Remarks under the cells of a row: "Kommentar: …" in one run of words over several columns.
//!
//! In go lines as wide gaps part them, out comes which of them are remarks. Their words stand where they happen to, so
//! that no gutter between columns parts them.

use super::kind::{Kind, kind_of};
use super::segments::TextLine;
use crate::layout::Word;

/// Most words of the label that a remark begins with.
const LONGEST_LABEL: usize = 2;
/// Fewest words behind the label.
const FEWEST_WORDS: usize = 4;
/// One word in so many may be a figure.
const FIGURE_IN: usize = 4;
/// How far, in points, the lines of a remark may begin from each other.
const SAME_SIDE: f32 = 1.0;
/// Largest distance between their baselines, in parts of the font size.
const NEXT_LINE: f32 = 1.6;

/// Which lines are remarks, or go on with one.
pub(super) fn find(lines: &[TextLine], words: &[Word]) -> Vec<bool> {
    let mut found: Vec<bool> = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let before = at.checked_sub(1).filter(|above| found[*above]).map(|above| &lines[above]);
        let goes_on = before.is_some_and(|above| {
            let text = line.words().next().map_or("", |w| words[w].text.as_str());
            (above.bbox.x0 - line.bbox.x0).abs() <= SAME_SIDE
                && line.baseline - above.baseline <= NEXT_LINE * line.size
                && kind_of([text]) == Kind::Words
        });
        found.push(line.segments.len() == 1 && (begins(line, words) || goes_on));
    }
    found
}

/// Whether a line begins with a label and a colon and goes on with words.
fn begins(line: &TextLine, words: &[Word]) -> bool {
    let texts: Vec<&str> = line.words().map(|w| words[w].text.as_str()).collect();
    let Some(label) = texts.iter().take(LONGEST_LABEL).position(|text| text.ends_with(':')) else {
        return false;
    };
    let told = &texts[label + 1..];
    let figures = told.iter().filter(|text| kind_of([**text]).is_numeric()).count();
    texts[0].starts_with(char::is_uppercase)
        && told.len() >= FEWEST_WORDS
        && FIGURE_IN * figures <= told.len()
}

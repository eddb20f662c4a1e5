//! Lines of a page, cut where their gaps are wider than words have.
//!
//! In go words, out come lines from top to bottom, each with its segments from left to right. A segment is what might
//! be a cell's line; whether it is, the columns decide.

use super::kind::{Kind, continues_group, kind_of, starts_group};
use crate::geometry::Rect;
use crate::layout::Word;
use crate::layout::lines::carries_mark;

/// Smallest shared height that puts two words on one line, in parts of the lower one's height. Marks above the line
/// lie wholly beside their word; a value set midway between two lines of its label shares half with each.
const SHARED_HEIGHT: f32 = 0.6;
/// Words of like size whose baselines differ by more than this, in parts of the font size, are not on one line.
const BASELINE_STEP: f32 = 0.22;
/// How much two sizes may differ and still be alike, in parts of the larger.
const LIKE_SIZE: f32 = 0.15;
/// The same for words of other sizes that stand far from the rest of the line.
const LEVEL_STEP: f32 = 0.12;
/// How far that is, in parts of the larger font size.
const FAR: f32 = 1.5;
/// Smallest gap between two segments of words, in parts of the font size. A word space is 0.25, in justified lines up
/// to 0.8.
const WORDS_GAP: f32 = 0.95;
/// The same where a figure stands on one side.
const FIGURE_GAP: f32 = 0.75;
/// The same between two figures: a space between thousands is at most 0.35 wide.
const FIGURES_GAP: f32 = 0.5;
/// Smallest gap between two segments, in parts of the line's usual word space: justified lines have wide ones.
const TIMES_WORD_SPACE: f32 = 1.9;
/// Largest gap between a currency sign and its figure, in parts of the font size: signs stand at the column's left end.
const SIGN_GAP: f32 = 8.0;
/// Fewest characters of a line that is set with hyphens.
const TYPED_LINE: usize = 8;
/// How many open lines are looked at for a word: more than stand at one height on any page.
const OPEN_LINES: usize = 12;

/// A stretch of a line without a wide gap.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    /// Indices of its words, from left to right.
    pub words: Vec<usize>,
    /// Its box.
    pub bbox: Rect,
    /// What it looks like.
    pub kind: Kind,
}

impl Segment {
    pub(super) fn of(indices: Vec<usize>, words: &[Word]) -> Self {
        let bbox = Rect::around(indices.iter().map(|w| words[*w].bbox)).unwrap_or_default();
        let kind = kind_of(indices.iter().map(|w| words[*w].text.as_str()));
        Self { words: indices, bbox, kind }
    }
}

/// A line.
#[derive(Clone, Debug)]
pub(super) struct TextLine {
    /// Its segments, from left to right.
    pub segments: Vec<Segment>,
    /// Its box.
    pub bbox: Rect,
    /// The baseline of its largest words.
    pub baseline: f32,
    /// The size of its largest words.
    pub size: f32,
}

impl TextLine {
    fn of(mut indices: Vec<usize>, words: &[Word], cuts: &dyn Fn(f32, f32, Rect) -> bool) -> Self {
        indices.sort_by(|a, b| {
            words[*a]
                .bbox
                .x0
                .total_cmp(&words[*b].bbox.x0)
                .then(words[*a].bbox.y0.total_cmp(&words[*b].bbox.y0))
                .then(a.cmp(b))
        });
        let main =
            indices.iter().copied().max_by(|a, b| words[*a].size.total_cmp(&words[*b].size).then(b.cmp(a)));
        let (baseline, size) = main.map_or((0.0, 0.0), |w| (words[w].baseline, words[w].size));
        let bbox = Rect::around(indices.iter().map(|w| words[*w].bbox)).unwrap_or_default();
        let space = usual_space(&indices, words);
        let ranges = ranges(&indices, words);
        let mut segments: Vec<Vec<usize>> = Vec::new();
        let mut right = f32::NEG_INFINITY;
        for w in indices {
            let word = &words[w];
            let starts = match segments.last().and_then(|s| s.last()) {
                None => true,
                Some(last) => {
                    let gap = word.bbox.x0 - right;
                    !ranges.contains(&w) && gap > least_gap(&words[*last], word, space) * size.max(1.0)
                        || cuts(right, word.bbox.x0, word.bbox)
                }
            };
            right = if starts { word.bbox.x1 } else { right.max(word.bbox.x1) };
            match segments.last_mut() {
                Some(segment) if !starts => segment.push(w),
                _ => segments.push(vec![w]),
            }
        }
        let segments = segments.into_iter().map(|s| Segment::of(s, words)).collect();
        Self { segments, bbox, baseline, size }
    }

    /// All its words, from left to right.
    pub(super) fn words(&self) -> impl Iterator<Item = usize> + '_ {
        self.segments.iter().flat_map(|s| s.words.iter().copied())
    }

    /// Whether all its words are bold.
    pub(super) fn is_bold(&self, words: &[Word]) -> bool {
        self.words().all(|w| words[w].bold)
    }

    /// Whether one of its segments is a figure.
    pub(super) fn has_figures(&self) -> bool {
        self.segments.iter().any(|s| s.kind.is_figure())
    }
}

/// Whether a word is only dots that lead the eye from a label to its value.
pub(super) fn is_leader(text: &str) -> bool {
    (text.len() >= 4 || text.len() == 1) && text.bytes().all(|b| b == b'.')
}

/// Whether a word is a line set with characters.
pub(super) fn is_typed_line(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next();
    matches!(first, Some('-' | '=' | '–' | '—' | '─' | '━' | '═'))
        && text.chars().count() >= TYPED_LINE
        && chars.all(|c| Some(c) == first)
}

/// Whether a word is drawn with characters rather than written.
pub(super) fn is_drawn(text: &str) -> bool {
    is_leader(text) || is_typed_line(text)
}

/// The dashes, and the words after them, that stand midway between two figures before a word: "12 - 19 years".
fn ranges(indices: &[usize], words: &[Word]) -> Vec<usize> {
    let mut found = Vec::new();
    for quad in indices.windows(4) {
        let [from, dash, to, unit] = [quad[0], quad[1], quad[2], quad[3]].map(|w| &words[w]);
        let figure = |w: &Word| w.text.bytes().all(|b| b.is_ascii_digit());
        let (before, after) = (dash.bbox.x0 - from.bbox.x1, to.bbox.x0 - dash.bbox.x1);
        let space = unit.bbox.x0 - to.bbox.x1;
        let even = (before - after).abs() < 1.0 && (space - after).abs() < 1.0;
        if matches!(dash.text.as_str(), "-" | "–")
            && figure(from)
            && figure(to)
            && kind_of([unit.text.as_str()]) == Kind::Words
            && even
            && space < WORDS_GAP * dash.size
        {
            found.extend([quad[1], quad[2]]);
        }
    }
    found
}

/// The smallest gap that parts these two words, in parts of the font size.
fn least_gap(left: &Word, right: &Word, space: f32) -> f32 {
    let (a, b) = (kind_of([left.text.as_str()]), kind_of([right.text.as_str()]));
    if left.text.ends_with("...") && b.is_numeric() {
        return 0.0;
    }
    // A sign set apart goes with its figure.
    if matches!(left.text.as_str(), "$" | "€" | "£" | "¥" | "(" | "-$" | "($") && b.is_numeric() {
        return SIGN_GAP;
    }
    if matches!(right.text.as_str(), "%" | ")" | ")%" | "%)") && a.is_numeric() {
        return SIGN_GAP / 4.0;
    }
    let least = match (a.is_numeric(), b.is_numeric()) {
        // "705 (11.1%)": a share goes with its figure.
        (true, true) if right.text.starts_with('(') && !left.text.starts_with('(') => FIGURE_GAP,
        (true, true) => {
            let thousands = starts_group(&left.text) || continues_group(&left.text);
            if thousands && continues_group(&right.text) { FIGURES_GAP.max(space * 1.3) } else { FIGURES_GAP }
        }
        (true, false) | (false, true) => FIGURE_GAP.max(space * TIMES_WORD_SPACE),
        (false, false) => WORDS_GAP.max(space * TIMES_WORD_SPACE),
    };
    least.min(3.0)
}

/// The line's word space, in parts of the font size: the smaller of its gaps, for the larger ones may part columns.
/// Zero in a line of few words.
fn usual_space(indices: &[usize], words: &[Word]) -> f32 {
    let mut gaps: Vec<f32> = indices
        .windows(2)
        .map(|p| (words[p[1]].bbox.x0 - words[p[0]].bbox.x1) / words[p[0]].size.max(1.0))
        .filter(|g| *g > 0.05)
        .collect();
    if gaps.len() < 5 {
        return 0.0;
    }
    let quarter = gaps.len() / 4;
    let (_, space, _) = gaps.select_nth_unstable_by(quarter, f32::total_cmp);
    if *space < 1.0 { *space } else { 0.0 }
}

/// Gather words into lines. `cuts` tells whether a line drawn upright between two words parts them.
pub(super) fn gather(
    indices: impl IntoIterator<Item = usize>,
    words: &[Word],
    cuts: &dyn Fn(f32, f32, Rect) -> bool,
) -> Vec<TextLine> {
    struct Open {
        words: Vec<usize>,
        main: usize,
    }
    let mut indices: Vec<usize> = indices.into_iter().filter(|w| !is_drawn(&words[*w].text)).collect();
    indices.sort_by(|a, b| {
        words[*a]
            .baseline
            .total_cmp(&words[*b].baseline)
            .then(words[*a].bbox.x0.total_cmp(&words[*b].bbox.x0))
            .then(a.cmp(b))
    });
    let mut open: Vec<Open> = Vec::new();
    for w in indices {
        let word = &words[w];
        let from = open.len().saturating_sub(OPEN_LINES);
        let mut best: Option<(f32, usize)> = None;
        for (at, line) in open.iter().enumerate().skip(from) {
            let main = &words[line.main];
            let low = main.bbox.height().min(word.bbox.height()).max(0.1);
            let shared = main.bbox.y_overlap(&word.bbox) / low;
            let alike = (main.size - word.size).abs() <= LIKE_SIZE * main.size.max(word.size);
            let step = (main.baseline - word.baseline).abs();
            // Marks stand beside their word; what is set in another size further off is on a line of its own.
            let is_far = || {
                let gap = |other: &usize| {
                    let b = words[*other].bbox;
                    (word.bbox.x0 - b.x1).max(b.x0 - word.bbox.x1)
                };
                line.words.iter().all(|other| gap(other) > FAR * main.size.max(word.size))
            };
            let fits = shared >= SHARED_HEIGHT
                && !(alike && step > BASELINE_STEP * main.size)
                && !(!alike && step > LEVEL_STEP * main.size.max(word.size) && is_far());
            // Nearest baseline first: a mark above one line may also touch the line before.
            if fits && best.is_none_or(|(least, _)| step < least) {
                best = Some((step, at));
            }
        }
        match best {
            Some((_, at)) => {
                let line = &mut open[at];
                line.words.push(w);
                if word.size > words[line.main].size * (1.0 + LIKE_SIZE) {
                    line.main = w;
                }
            }
            None => open.push(Open { words: vec![w], main: w }),
        }
    }
    // A mark may have come before its word, while the line began further off.
    for at in (0..open.len()).rev() {
        let [mark] = open[at].words[..] else { continue };
        let near = at + 1..open.len().min(at + 1 + OPEN_LINES);
        let home =
            near.into_iter().find(|i| open[*i].words.iter().any(|w| carries_mark(&words[*w], &words[mark])));
        if let Some(home) = home {
            open[home].words.push(mark);
            open.remove(at);
        }
    }
    let mut lines: Vec<TextLine> =
        open.into_iter().map(|line| TextLine::of(line.words, words, cuts)).collect();
    lines.sort_by(|a, b| a.baseline.total_cmp(&b.baseline).then(a.bbox.x0.total_cmp(&b.bbox.x0)));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, x0: f32, baseline: f32, size: f32) -> Word {
        let x1 = x0 + 0.5 * size * text.len() as f32;
        let bbox = Rect { x0, y0: baseline - 0.8 * size, x1, y1: baseline + 0.2 * size };
        Word { text: text.to_owned(), bbox, baseline, size, ..Word::default() }
    }

    fn lines(words: &[Word]) -> Vec<String> {
        let text =
            |line: &TextLine| line.words().map(|w| words[w].text.as_str()).collect::<Vec<_>>().join(" ");
        gather(0..words.len(), words, &|_, _, _| false).iter().map(text).collect()
    }

    #[test]
    fn a_mark_goes_with_its_word_and_a_title_not_with_what_stands_beside_it() {
        let row = [
            word("Ämne", 50.0, 100.0, 10.0),
            word("CAS-nr", 300.0, 100.0, 10.0),
            word("17", 331.0, 96.0, 6.0),
        ];
        assert_eq!(lines(&row), ["Ämne CAS-nr 17"]);
        let beside = [word("Handläggare", 50.0, 98.0, 8.0), word("Delårsrapport", 200.0, 100.5, 14.0)];
        assert_eq!(lines(&beside), ["Handläggare", "Delårsrapport"]);
    }
}

//! What Tesseract says, from its hOCR output.
//!
//! hOCR rather than TSV, because it tells each line's baseline and the height of its letters: words whose boxes are
//! drawn tightly around their ink could otherwise not be put on a common line.

use std::sync::LazyLock;

use regex::Regex;

use super::image::Grey;
use super::pixel;

/// How high ascenders, capitals and digits are in usual fonts, with the blur at their edges, in parts of the font
/// size. Fonts differ by a tenth.
const ASCENT: f32 = 0.71;

/// How tall a line is by Tesseract's own measure, in parts of the font size: ascender to descender.
const LINE_HEIGHT: f32 = 0.9;

/// Smallest gap between words of a line, in parts of the font size: half of what a narrow space is.
const MIN_GAP: f32 = 0.16;

/// How far a second reading must be trusted, of 100, to put the first in doubt. It lacks the words around and errs
/// more often.
const SURE_OF_ANOTHER: u8 = 70;

/// A line of text, in pixels.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TextLine {
    /// The baseline's distance from the top.
    pub(super) baseline: f32,
    /// Font size.
    pub(super) size: f32,
    /// Its words, from left to right.
    pub(super) words: Vec<OcrWord>,
    /// Whether it runs up, down or upside down; its measures are then not to be believed.
    pub(super) turned: bool,
}

/// A word, in pixels.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct OcrWord {
    pub(super) text: String,
    /// Of 100.
    pub(super) confidence: u8,
    pub(super) x0: f32,
    pub(super) x1: f32,
    pub(super) y0: f32,
    pub(super) y1: f32,
    /// How thick its strokes are, where that can be told.
    pub(super) stroke: Option<f32>,
    /// Whether a second reading has given the same figures; `None` where it has not seen them or is not to be trusted.
    pub(super) again: Option<bool>,
}

impl OcrWord {
    /// Whether it holds a number, or something else with figures.
    pub(super) fn has_figures(&self) -> bool {
        self.text.chars().any(|c| c.is_ascii_digit())
    }

    /// Compare with what a second reading has found in the same place.
    pub(super) fn compare(&mut self, again: &[Self]) {
        let mut here: Vec<&Self> = again.iter().filter(|other| self.lies_on(other)).collect();
        here.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let text: String = here.iter().map(|word| word.text.as_str()).collect();
        if figures(&text) == figures(&self.text) {
            self.again = Some(true);
        } else if here.iter().any(|word| word.has_figures() && word.confidence >= SURE_OF_ANOTHER) {
            self.again = Some(false);
        }
    }

    fn lies_on(&self, other: &Self) -> bool {
        let across = self.x1.min(other.x1) - self.x0.max(other.x0);
        let down = self.y1.min(other.y1) - self.y0.max(other.y0);
        across > 0.5 * (self.x1 - self.x0).min(other.x1 - other.x0)
            && down > 0.3 * (self.y1 - self.y0).min(other.y1 - other.y0)
    }
}

/// What makes the value of a number: its figures, points and signs, without what stands around it.
fn figures(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter_map(|c| match c {
            '0'..='9' | '.' | ',' | '-' => Some(c),
            '–' | '—' | '−' => Some('-'),
            _ => None,
        })
        .collect();
    kept.trim_end_matches(['.', ',', '-']).trim_start_matches(['.', ',']).to_owned()
}

impl TextLine {
    /// How many characters it has.
    pub(super) fn letters(&self) -> usize {
        self.words.iter().map(|w| w.text.chars().count()).sum()
    }

    /// The font size by the words themselves: those that stand on the baseline and reach up to an ascender are as high
    /// as that; the dots of ä and ö lie lower. This is more exact than Tesseract's own measure, which takes what a line
    /// has for what its font has.
    fn measured(&self) -> Option<f32> {
        let mut heights: Vec<(f32, usize)> = self
            .words
            .iter()
            .filter(|w| {
                w.text.chars().any(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "bdfhkl".contains(c))
            })
            .filter(|w| !w.text.chars().any(|c| "gjpqyQÅÄÖÉ,;()[]{}|/\\§$@_„‚".contains(c)))
            .map(|w| (w.y1 - w.y0, w.text.chars().count()))
            .collect();
        heights.sort_by(|a, b| a.0.total_cmp(&b.0));
        let letters: usize = heights.iter().map(|(_, letters)| letters).sum();
        let mut until = 0;
        let middle = heights.iter().find(|(_, letters_of_word)| {
            until += letters_of_word;
            until * 2 >= letters
        });
        middle.map(|(height, _)| height / ASCENT)
    }

    /// Words that Tesseract has told apart stay apart, also where their boxes touch.
    fn part_words(&mut self) {
        let gap = MIN_GAP * self.size;
        for index in 1..self.words.len() {
            let next = self.words[index].x0;
            let word = &mut self.words[index - 1];
            if word.x0 < next {
                word.x1 = word.x1.min(next - gap).max(word.x0 + 1.0);
            }
        }
    }

    /// A bullet is taken for a letter or a sign that looks like it. No Swedish line begins with such a word, set off
    /// from the next.
    fn restore_bullet(&mut self) {
        let [first, second, ..] = self.words.as_mut_slice() else { return };
        if matches!(first.text.as_str(), "e" | "«" | "»" | "¢" | "°" | "®" | "©" | "*" | "+" | "¤")
            && second.x0 - first.x1 > 0.4 * self.size
        {
            first.text = "•".to_owned();
        }
    }

    /// "$37" is a paragraph's sign misread: Swedish papers write sums in dollars in words.
    fn restore_paragraph_signs(&mut self) {
        for index in 0..self.words.len() {
            let text = &self.words[index].text;
            let Some(rest) = text.strip_prefix('$') else { continue };
            let next = self.words.get(index + 1).map_or("", |word| word.text.as_str());
            let number = if rest.is_empty() { next } else { rest };
            if number.starts_with(|c: char| c.is_ascii_digit()) {
                self.words[index].text = format!("§{rest}");
            }
        }
    }

    /// "(96)" after a word is a sign of per cent misread, as in the heading "Andel (96)"; after a number it may count
    /// pages.
    fn restore_percent_signs(&mut self) {
        for index in 1..self.words.len() {
            let before = &self.words[index - 1].text;
            if self.words[index].text == "(96)" && before.chars().all(|c| !c.is_ascii_digit()) {
                self.words[index].text = "(%)".to_owned();
            }
        }
    }

    /// Measure the words' strokes.
    pub(super) fn with_strokes(mut self, picture: &Grey) -> Self {
        for word in &mut self.words {
            word.stroke = picture.stroke(pixel(word.x0), pixel(word.y0), pixel(word.x1), pixel(word.y1));
        }
        self
    }
}

/// How far the words are trusted on the whole, each by its length.
pub(super) fn mean_confidence(lines: &[TextLine]) -> u8 {
    let (mut sum, mut letters) = (0_u64, 0_u64);
    for word in lines.iter().flat_map(|line| &line.words) {
        let length = word.text.chars().count() as u64;
        sum += length * u64::from(word.confidence);
        letters += length;
    }
    u8::try_from(sum.checked_div(letters).unwrap_or(0)).unwrap_or(100)
}

/// The lines of a page; words trusted less than `min_confidence` are dirt.
pub(super) fn parse(hocr: &str, min_confidence: u8) -> Vec<TextLine> {
    let mut lines: Vec<TextLine> = Vec::new();
    for element in ELEMENT.iter().flat_map(|pattern| pattern.captures_iter(hocr)) {
        let (class, title) = (&element[1], &element[2]);
        let Some([x0, y0, x1, y1]) = numbers::<4>(title, "bbox") else { continue };
        if class == "ocrx_word" {
            let text = unescape(element.get(3).map_or("", |m| m.as_str()).trim());
            let [confidence] = numbers::<1>(title, "x_wconf").unwrap_or([0.0]);
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped
            let confidence = confidence.clamp(0.0, 100.0) as u8;
            if let Some(line) = lines.last_mut()
                && !text.is_empty()
                && confidence >= min_confidence
            {
                line.words.push(OcrWord { text, confidence, x0, x1, y0, y1, stroke: None, again: None });
            }
        } else {
            let [slope, offset] = numbers::<2>(title, "baseline").unwrap_or([0.0, 0.0]);
            let [height] = numbers::<1>(title, "x_size").unwrap_or([y1 - y0]);
            // What slope is left is too small to tell words of one line apart.
            let baseline = y1 + offset + slope * (x1 - x0) / 2.0;
            // One way of lying is told, of the other only that there is no baseline.
            let angle = numbers::<1>(title, "textangle").is_some_and(|[angle]| angle != 0.0);
            let turned = angle || (numbers::<2>(title, "baseline").is_none() && y1 - y0 > x1 - x0);
            lines.push(TextLine { baseline, size: height / LINE_HEIGHT, words: Vec::new(), turned });
        }
    }
    for line in &mut lines {
        line.words.retain(|word| !is_border(&word.text));
        line.size = line.measured().unwrap_or(line.size);
        line.part_words();
        line.restore_bullet();
        line.restore_paragraph_signs();
        line.restore_percent_signs();
    }
    lines.retain(|line| !line.words.is_empty());
    lines
}

/// What is left of a frame or a logo.
fn is_border(text: &str) -> bool {
    text.chars().all(|c| "|_\\~¦".contains(c))
}

/// A line of whatever kind, or a word with its text. Words hold markup only where Tesseract guesses at fonts.
static ELEMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = r#"(?s)<span class='(ocr_line|ocr_caption|ocr_header|ocr_textfloat|ocrx_word)'[^>]*? title=["']([^"'>]*(?:"[^>]*)?)["'](?:[^>]*)>(?:([^<]*)</span>)?"#;
    // The pattern is a constant; the tests would miss it.
    Regex::new(pattern).ok()
});

/// The numbers that follow a name in a title: `bbox 1 2 3 4; x_wconf 96`.
fn numbers<const N: usize>(title: &str, name: &str) -> Option<[f32; N]> {
    let part = title.split(';').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix(' '))?;
    let mut values = [0.0; N];
    let mut words = part.split_whitespace();
    for value in &mut values {
        *value = words.next()?.parse().ok()?;
    }
    Some(values)
}

fn unescape(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_paragraphs_and_per_cent_are_restored() {
        let restored = |words: &[&str]| {
            let words = words.iter().map(|text| OcrWord { text: (*text).to_owned(), ..OcrWord::default() });
            let mut line = TextLine { words: words.collect(), ..TextLine::default() };
            line.restore_paragraph_signs();
            line.restore_percent_signs();
            line.words.into_iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(restored(&["enligt", "$37a", "och", "$", "12"]), "enligt §37a och § 12");
        assert_eq!(restored(&["$", "i", "US$"]), "$ i US$");
        assert_eq!(restored(&["Sjukfrånvaro", "(96)"]), "Sjukfrånvaro (%)");
        assert_eq!(restored(&["Sida", "3", "(96)"]), "Sida 3 (96)");
    }

    #[test]
    fn a_second_reading_confirms_or_casts_doubt() {
        let word = |text: &str, x0: f32, confidence: u8| OcrWord {
            text: text.to_owned(),
            confidence,
            x0,
            x1: x0 + 60.0,
            y0: 0.0,
            y1: 30.0,
            ..OcrWord::default()
        };
        let compared = |first: &str, again: &[OcrWord]| {
            let mut first = word(first, 100.0, 60);
            first.compare(again);
            first.again
        };
        assert_eq!(compared("29,0%", &[word("29,0", 102.0, 40)]), Some(true));
        assert_eq!(compared("(3)", &[word("3", 100.0, 90), word("7", 300.0, 90)]), Some(true));
        assert_eq!(compared("202", &[word("232", 100.0, 96)]), Some(false));
        assert_eq!(
            compared("29,0", &[word("290", 100.0, 96)]),
            Some(false),
            "a comma is worth a factor of ten"
        );
        assert_eq!(compared("-12", &[word("412", 100.0, 50)]), None, "it is not to be trusted");
        assert_eq!(compared("12", &[]), None);
    }

    #[test]
    fn lines_and_words_are_taken_with_their_baseline() {
        let hocr = r#"
     <span class='ocr_line' id='line_1_1' title="bbox 270 338 470 387; baseline -0.01 -8; x_size 44; x_descenders 8; x_ascenders 11">
      <span class='ocrx_word' id='word_1_15' title='bbox 270 343 490 387; x_wconf 96'>R&amp;D</span>
      <span class='ocrx_word' id='word_1_16' title='bbox 505 342 671 386; x_wconf 12'>~.</span>
     </span>
     <span class='ocr_header' id='line_1_2' title="bbox 1 2 3 4; x_size 10">
      <span class='ocrx_word' id='word_1_17' title='bbox 1 2 3 4; x_wconf 50'> </span>
     </span>"#;
        let lines = parse(hocr, 15);
        assert_eq!(lines.len(), 1);
        assert_eq!((lines[0].baseline, lines[0].size), (378.0, 44.0 / ASCENT));
        assert_eq!(lines[0].words.len(), 1);
        assert_eq!((lines[0].words[0].text.as_str(), lines[0].words[0].confidence), ("R&D", 96));
        assert_eq!(mean_confidence(&lines), 96);
        assert!(parse("nonsense", 0).is_empty());
    }
}

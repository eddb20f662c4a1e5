//! Charts: their captions and what the paper says of them. The curves themselves are not read.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caption_text;
use crate::layout::{Block, BlockKind};
use crate::place::At;
use crate::sections::Part;
use crate::vocabulary::{CaptionWord, Vocabulary};

/// A numbered chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    /// 1 for "Diagram 1".
    pub number: Option<u32>,
    /// What the chart shows.
    pub caption: String,
    /// The trend that the paper states.
    pub trend: Option<Trend>,
    /// What follows the trend.
    pub comment: Option<String>,
    /// Where it stands.
    pub at: At,
}

/// A trend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trend {
    /// Which way.
    pub code: TrendCode,
    /// The paper's words.
    pub raw: String,
}

/// Which way a trend goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TrendCode {
    /// Better.
    Positive,
    /// Worse.
    Negative,
    /// Unchanged.
    Flat,
}

/// Whether a block is a chart's caption: "DIAGRAM 1 Andel av de vuxna …". "Diagram 1 visar att …" is prose.
#[must_use]
pub fn is_caption(block: &Block, vocabulary: &Vocabulary) -> bool {
    numbered(block, vocabulary).is_some_and(|(_, rest)| !rest.starts_with(char::is_lowercase))
}

fn numbered<'b>(block: &'b Block, vocabulary: &Vocabulary) -> Option<(u32, &'b str)> {
    caption_text::numbered(&block.text, CaptionWord::Chart, vocabulary)
}

/// Read the captions of a paper's charts: number, caption, the trend where one is stated, and what follows it.
pub(super) fn read(parts: &[Part], vocabulary: &Vocabulary) -> Vec<Chart> {
    let mut found = Vec::new();
    for part in parts {
        let blocks: Vec<&Block> = part.heading.iter().chain(&part.blocks).collect();
        for (index, block) in blocks.iter().enumerate() {
            if !is_caption(block, vocabulary) {
                continue;
            }
            let Some((number, text)) = numbered(block, vocabulary).filter(|(_, text)| !text.is_empty())
            else {
                continue;
            };
            let mut at = block.at.clone();
            let mut caption = text;
            let mut said = stated_trend(text, vocabulary).map(|(range, trend)| {
                caption = &text[..range.start];
                (trend, &text[range.end..])
            });
            if said.is_none() {
                // The trend may stand in a paragraph of its own under the caption, or under the chart's own labels.
                let below = blocks[index + 1..].iter().take_while(|b| !is_caption(b, vocabulary));
                let mut own = true;
                let mut below = below.take_while(|b| std::mem::replace(&mut own, is_of_chart(b)));
                said = below.by_ref().find_map(|block| {
                    let (range, trend) =
                        stated_trend(&block.text, vocabulary).filter(|(range, _)| range.start == 0)?;
                    at.extend(&block.at);
                    Some((trend, &block.text[range.end..]))
                });
                // "Trend: positiv" on a line of its own, and what is told of it on the next.
                if let Some((_, rest @ "")) = &mut said
                    && let Some(told) = below.next().filter(|b| b.text.ends_with('.'))
                {
                    at.extend(&told.at);
                    *rest = &told.text;
                }
            }
            let comment = said.as_ref().map(|(_, rest)| rest.trim_start_matches(['.', ':', ' ']).trim());
            found.push(Chart {
                number: Some(number),
                caption: caption.trim().to_owned(),
                comment: comment.filter(|t| !t.is_empty()).map(str::to_owned),
                trend: said.map(|(trend, _)| trend),
                at,
            });
        }
    }
    found
}

/// Whether a block can be a part of the drawn chart: labels of axes and curves, which are no sentences.
fn is_of_chart(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Table(_)) || !block.text.trim_end().ends_with(['.', ':', '!', '?'])
}

/// The first trend that is a sentence of its own: "Trend positiv."
fn stated_trend(text: &str, vocabulary: &Vocabulary) -> Option<(Range<usize>, Trend)> {
    vocabulary.trends.find_all(text).into_iter().find_map(|(range, entry)| {
        let before = text[..range.start].trim_end();
        let begins = before.is_empty() || before.ends_with(['.', '!', '?', ':']);
        let ends = text[range.end..].is_empty() || text[range.end..].starts_with(['.', ':']);
        let raw = text[range.clone()].to_owned();
        (begins && ends).then_some((range, Trend { code: entry.code, raw }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::At;
    use crate::records::section::SectionKind;

    fn charts(texts: &[&str]) -> Vec<Chart> {
        let block = |text: &&str| Block {
            kind: BlockKind::Paragraph,
            lines: Vec::new(),
            text: (*text).to_owned(),
            sheet: 1,
            at: At::default(),
        };
        let blocks = texts.iter().map(block).collect();
        let part = Part { heading: None, kind: SectionKind::Other, level: 1, entry: None, blocks };
        read(&[part], Vocabulary::builtin())
    }

    #[test]
    fn caption_trend_and_comment() {
        let found =
            charts(&["DIAGRAM 4 Antal cyklar vid stationen. Trend negativ. Antalet sjönk under våren."]);
        assert_eq!(found[0].number, Some(4));
        assert_eq!(found[0].caption, "Antal cyklar vid stationen.");
        assert_eq!(
            found[0].trend.as_ref().map(|t| (t.code, t.raw.as_str())),
            Some((TrendCode::Negative, "Trend negativ"))
        );
        assert_eq!(found[0].comment.as_deref(), Some("Antalet sjönk under våren."));
    }

    #[test]
    fn a_trend_under_its_caption() {
        let found =
            charts(&["Figur 2: Antal träd", "Oförändrad trend. Inga träd har fällts.", "Nästa stycke."]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].caption, "Antal träd");
        assert_eq!(found[0].comment.as_deref(), Some("Inga träd har fällts."));
    }

    #[test]
    fn a_trend_on_a_line_of_its_own() {
        let found =
            charts(&["Diagram 1. Antal träd", "Trend: positiv", "Fler träd är planterade.", "Nästa."]);
        assert_eq!(found[0].comment.as_deref(), Some("Fler träd är planterade."));
        assert_eq!(found[0].trend.as_ref().map(|t| t.code), Some(TrendCode::Positive));
        assert_eq!(charts(&["Diagram 1. Antal träd", "Trend: positiv", "Inledning"])[0].comment, None);
    }

    #[test]
    fn a_trend_under_the_labels_of_its_chart() {
        let found =
            charts(&["Diagram 1 Antal träd", "100 %", "2023 2024", "Trend positiv. Fler träd.", "Nästa."]);
        assert_eq!(found[0].comment.as_deref(), Some("Fler träd."));
        let apart = charts(&["Diagram 1 Antal träd", "Träden mår bra.", "Trend positiv. Fler träd."]);
        assert_eq!(apart[0].trend, None);
    }

    #[test]
    fn prose_about_a_chart_is_no_caption() {
        assert!(charts(&["Diagram 3 visar att antalet har ökat.", "Diagrammet 3 Ökning"]).is_empty());
    }
}

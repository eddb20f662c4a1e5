//! What a stage saw on a page, as a picture: look before tuning.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::geometry::Rect;

/// A page with what a stage saw on it.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    /// Page number in the file, from 1.
    pub page: u32,
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// The page's text, drawn pale underneath so that boxes can be compared with it.
    pub text: Vec<Labelled>,
    /// What the stage saw.
    pub boxes: Vec<Labelled>,
}

/// A box with a name.
#[derive(Clone, Debug)]
pub struct Labelled {
    /// What sort of thing it is: every kind has a colour of its own.
    pub kind: &'static str,
    /// What it says.
    pub label: String,
    /// Where it stands on the page.
    pub bbox: Rect,
}

/// Colours that can be told apart on white, also by most who are colour-blind (after Okabe and Ito).
const COLOURS: &[&str] = &["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"];

/// Draw a page. A legend of the kinds stands below it.
#[must_use]
pub fn draw(drawing: &Drawing) -> String {
    let colours = colours(&drawing.boxes);
    let (width, height) = (drawing.width, drawing.height + 16.0 * colours.len() as f32 + 8.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.2} {height:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" font-family=\"sans-serif\">\n\
         <title>Page {}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
         <rect width=\"{:.2}\" height=\"{:.2}\" fill=\"none\" stroke=\"#999\"/>\n",
        drawing.page, drawing.width, drawing.height
    );
    for word in &drawing.text {
        let Rect { x0, y1, .. } = word.bbox;
        let (width, size) = (word.bbox.width(), word.bbox.height());
        // Four fifths of a box lie above the baseline.
        let baseline = y1 - size / 5.0;
        push(
            &mut svg,
            format_args!(
                "<text x=\"{x0:.2}\" y=\"{baseline:.2}\" font-size=\"{size:.2}\" textLength=\"{width:.2}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"#bbb\">{}</text>\n",
                escape(&word.label)
            ),
        );
    }
    for (kind, colour) in &colours {
        push(
            &mut svg,
            format_args!(
                "<g id=\"{}\" fill=\"{colour}\" fill-opacity=\"0.06\" stroke=\"{colour}\" stroke-width=\"0.5\">\n",
                kind.replace(' ', "-")
            ),
        );
        for labelled in drawing.boxes.iter().filter(|b| b.kind == *kind) {
            let Rect { x0, y0, .. } = labelled.bbox;
            push(
                &mut svg,
                format_args!(
                    "<rect x=\"{x0:.2}\" y=\"{y0:.2}\" width=\"{:.2}\" height=\"{:.2}\"><title>{kind}: {}</title></rect>\n",
                    labelled.bbox.width(),
                    labelled.bbox.height(),
                    escape(&labelled.label)
                ),
            );
        }
        svg.push_str("</g>\n");
    }
    for (row, (kind, colour)) in colours.iter().enumerate() {
        let y = drawing.height + 16.0 * (row as f32 + 1.0);
        push(
            &mut svg,
            format_args!("<text x=\"4\" y=\"{y:.2}\" font-size=\"11\" fill=\"{colour}\">{kind}</text>\n"),
        );
    }
    svg.push_str("</svg>\n");
    svg
}

/// A colour for each kind, by the kinds' names so that two pages of a file look alike.
fn colours(boxes: &[Labelled]) -> BTreeMap<&'static str, &'static str> {
    let mut colours: BTreeMap<&str, &str> = boxes.iter().map(|b| (b.kind, "")).collect();
    for (colour, used) in colours.values_mut().zip(COLOURS.iter().cycle()) {
        *colour = used;
    }
    colours
}

fn push(svg: &mut String, part: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = svg.write_fmt(part);
}

/// Text as XML allows it: marks escaped, control characters left out.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            ch if ch.is_control() || matches!(ch, '\u{FFFE}' | '\u{FFFF}') => {}
            ch => escaped.push(ch),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_drawn_by_kind_and_text_is_escaped() {
        let boxed = |kind, label: &str| Labelled {
            kind,
            label: label.to_owned(),
            bbox: Rect::new(1.0, 2.0, 3.0, 5.0),
        };
        let drawing = Drawing {
            page: 2,
            width: 100.0,
            height: 50.0,
            text: vec![boxed("word", "R&D")],
            boxes: vec![boxed("word", "a<b"), boxed("line", "\u{1}")],
        };
        let svg = draw(&drawing);
        assert!(svg.contains("<title>word: a&lt;b</title>"));
        assert!(svg.contains(">R&amp;D</text>"));
        assert!(svg.contains("<g id=\"line\" fill=\"#0072b2\""));
        assert!(svg.contains("width=\"2.00\" height=\"3.00\""));
        assert!(!svg.contains('\u{1}'));
    }
}

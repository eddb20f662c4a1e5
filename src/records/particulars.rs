//! The particulars of a paper: what its head says of who, when and which number.

use super::diarienummer::Diarienummer;
use super::paper::PaperKind;
use super::period::Period;
use crate::geometry::Rect;
use crate::layout::{Line, Span};
use crate::sections::tokens::{Token, TokenKind, may_name_department, read_line};
use crate::vocabulary::{Label, Vocabulary};

/// How far below its label a value may stand, in points.
const REACH_BELOW: f32 = 100.0;
/// How far to the side of its label a value below it may begin, in points.
const REACH_ASIDE: f32 = 110.0;

/// How far apart label and value begin in one column, in points.
const SAME_COLUMN: f32 = 6.0;

/// What the head of a paper says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Particulars {
    /// What the paper calls itself.
    pub document_type: Option<String>,
    /// The kind of paper that this word stands for.
    pub kind: Option<PaperKind>,
    /// The number of "Bilaga 1" standing by itself.
    pub attachment_number: Option<u32>,
    /// The committee, in the nominative.
    pub committee: Option<String>,
    /// The department.
    pub department: Option<String>,
    /// The paper's own registration numbers.
    pub diarienummer: Vec<Diarienummer>,
    /// Whether the head has the label for a registration number.
    pub has_diarienummer_label: bool,
    /// The date, ISO 8601.
    pub date: Option<String>,
    /// The date of the meeting, ISO 8601.
    pub meeting_date: Option<String>,
    /// The date that the paper was decided on, ISO 8601.
    pub decided_on: Option<String>,
    /// The period that a report covers.
    pub reporting_period: Option<Period>,
    /// Handläggare.
    pub case_officers: Vec<String>,
}

/// A token with the line it stands on, and whether a label has it.
struct Placed {
    token: Token,
    line: usize,
    sheet: u32,
    taken: bool,
}

/// Read the lines of a paper's head.
#[must_use]
pub fn read(head: &[Line], vocabulary: &Vocabulary) -> Particulars {
    let mut tokens = place(head, vocabulary);
    let mut found = Particulars::default();
    read_labelled(&mut tokens, head, &mut found);
    read_document_type(&mut tokens, &mut found, vocabulary);
    read_unlabelled(&mut tokens, &mut found);
    found
}

fn place(head: &[Line], vocabulary: &Vocabulary) -> Vec<Placed> {
    let mut placed = Vec::new();
    let head = join_broken_names(head);
    for (index, line) in head.iter().enumerate() {
        let tokens = read_line(line, vocabulary);
        placed.extend(tokens.into_iter().map(|token| Placed {
            token,
            line: index,
            sheet: line.sheet,
            taken: false,
        }));
    }
    placed
}

/// "KFT-2025-", "BUN/2024:": a registration number that its column broke.
fn ends_in_number(text: &str) -> bool {
    let stem = text.trim_end_matches(['-', '/', ':', '\u{2010}', '\u{2011}']);
    let start = stem.len().saturating_sub(4);
    stem.len() < text.len()
        && stem.is_char_boundary(start)
        && stem[start..].chars().all(|c| c.is_ascii_digit())
        && stem.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

/// "Kultur- och" above "fritidsförvaltningen", "KFT-2025-" above "00178": a narrow column breaks a name in two.
fn join_broken_names(head: &[Line]) -> Vec<Line> {
    let mut lines = head.to_vec();
    for at in 0..lines.len() {
        for span in 0..lines[at].spans.len() {
            let own = lines[at].spans[span].clone();
            let number = ends_in_number(&own.text);
            if !own.text.ends_with("- och") && !number {
                continue;
            }
            let below = (at + 1..lines.len()).find_map(|l| {
                let fits = |s: &Span| {
                    (s.bbox.x0 - own.bbox.x0).abs() < 3.0
                        && s.bbox.y0 - own.bbox.y0 < 2.0 * own.bbox.height().max(8.0)
                };
                lines[l].spans.iter().position(fits).map(|s| (l, s))
            });
            if let Some((line, other)) = below
                && (!number || lines[line].spans[other].text.starts_with(|c: char| c.is_ascii_digit()))
            {
                let rest = lines[line].spans.remove(other);
                let space = if number { "" } else { " " };
                lines[at].spans[span].text = format!("{}{space}{}", own.text, rest.text);
            }
        }
    }
    lines
}

fn read_labelled(tokens: &mut [Placed], head: &[Line], found: &mut Particulars) {
    let labels: Vec<(usize, Label)> = tokens
        .iter()
        .enumerate()
        .filter_map(|(i, p)| if let TokenKind::Label(label) = p.token.kind { Some((i, label)) } else { None })
        .collect();
    let mut sent_to = None;
    for (at, label) in labels {
        match label {
            Label::Date => {
                if let Some(value) = take_value(tokens, at, |k| matches!(k, TokenKind::Date(_)))
                    && let TokenKind::Date(date) = &tokens[value].token.kind
                {
                    found.date.get_or_insert_with(|| date.clone());
                }
            }
            Label::MeetingDate => {
                if let Some(value) = take_value(tokens, at, |k| matches!(k, TokenKind::Date(_)))
                    && let TokenKind::Date(date) = &tokens[value].token.kind
                {
                    found.meeting_date.get_or_insert_with(|| date.clone());
                }
            }
            Label::Diarienummer => {
                found.has_diarienummer_label = true;
                let mut next = take_value(tokens, at, |k| matches!(k, TokenKind::Diarienummer(_)))
                    .or_else(|| take_value(tokens, at, |k| matches!(k, TokenKind::LooseNumber(_))));
                // A matter may have several numbers, one after the other on the line.
                while let Some(value) = next {
                    if let TokenKind::Diarienummer(number) | TokenKind::LooseNumber(number) =
                        &tokens[value].token.kind
                        && !found.diarienummer.contains(number)
                    {
                        found.diarienummer.push(number.clone());
                    }
                    next = (value + 1..tokens.len())
                        .take_while(|i| tokens[*i].line <= tokens[value].line + 1)
                        .find(|i| {
                            !tokens[*i].taken
                                && matches!(tokens[*i].token.kind, TokenKind::Diarienummer(_))
                                && (tokens[*i].line == tokens[value].line
                                    || (tokens[*i].token.bbox.x0 - tokens[value].token.bbox.x0).abs() < 3.0)
                                && !label_between(tokens, value, *i)
                        });
                    if let Some(next) = next {
                        tokens[next].taken = true;
                    }
                }
            }
            Label::OtherDiarienummer => {
                take_value(tokens, at, |k| matches!(k, TokenKind::Diarienummer(_)));
            }
            Label::CaseOfficer => read_case_officers(tokens, at, found),
            Label::Committee => {
                if let Some(value) = take_value(tokens, at, |k| matches!(k, TokenKind::Organ(_))) {
                    if let TokenKind::Organ(name) = &tokens[value].token.kind {
                        found.committee.get_or_insert_with(|| name.clone());
                    }
                    if tokens[at].token.text.eq_ignore_ascii_case("till") {
                        sent_to = Some(value);
                    }
                }
            }
            Label::Department => {
                if let Some(value) = take_value(tokens, at, |k| matches!(k, TokenKind::Department(_)))
                    && let TokenKind::Department(name) = &tokens[value].token.kind
                {
                    found.department.get_or_insert_with(|| name.clone());
                }
            }
            Label::ReportingPeriod => {
                let line = head[tokens[at].line].text();
                let label = &tokens[at].token.text;
                let behind = line.find(label.as_str()).map(|i| &line[i + label.len()..]).unwrap_or_default();
                if found.reporting_period.is_none() {
                    found.reporting_period = super::period::find_period(behind);
                }
                if found.reporting_period.is_none()
                    && let Some(value) = take_value(tokens, at, |k| matches!(k, TokenKind::Other))
                {
                    found.reporting_period = super::period::find_period(&tokens[value].token.text);
                }
                // "Rapportperiod: 2025-12-31" dates the period and not the paper.
                let own = tokens[at].line;
                let mut beside = tokens[at + 1..].iter_mut().take_while(|t| t.line == own);
                if let Some(day) = beside.next().filter(|t| matches!(t.token.kind, TokenKind::Date(_))) {
                    day.taken = true;
                }
            }
            Label::Other | Label::AppliesTo | Label::DecidedBy => {
                // Whoever it names is not the paper's own department or officer.
                let fits = |k: &TokenKind| {
                    matches!(k, TokenKind::Names(_) | TokenKind::Department(_) | TokenKind::Date(_))
                };
                let value = match beside(tokens, at) {
                    Some(next) if !fits(&tokens[next].token.kind) => None,
                    _ => take_value(tokens, at, fits),
                };
                if let (Label::DecidedBy, Some(value)) = (label, value)
                    && let TokenKind::Date(date) = &tokens[value].token.kind
                {
                    found.decided_on.get_or_insert_with(|| date.clone());
                }
            }
            _ => {}
        }
    }
    if let Some(organ) = sent_to {
        read_meeting_of(tokens, organ, found);
    }
}

/// A date behind or under the committee that a paper is sent to is that of its meeting: "Till Utbildningsnämnden
/// 2023-06-15".
fn read_meeting_of(tokens: &mut [Placed], organ: usize, found: &mut Particulars) {
    let own = tokens[organ].token.bbox;
    let date = tokens.iter().position(|t| {
        let b = t.token.bbox;
        let beside = t.line == tokens[organ].line && b.x0 >= own.x1 - 1.0;
        let below =
            (b.x0 - own.x0).abs() < 3.0 && b.y0 > own.y0 && b.y0 - own.y0 < 2.0 * own.height().max(8.0);
        !t.taken
            && matches!(t.token.kind, TokenKind::Date(_))
            && t.sheet == tokens[organ].sheet
            && (beside || below)
    });
    if let Some(at) = date
        && let (TokenKind::Date(date), None) = (&tokens[at].token.kind, &found.meeting_date)
    {
        found.meeting_date = Some(date.clone());
        tokens[at].taken = true;
    }
}

fn label_between(tokens: &[Placed], from: usize, to: usize) -> bool {
    tokens[from + 1..to].iter().any(|p| matches!(p.token.kind, TokenKind::Label(_)))
}

/// What stands right behind a label on its line, where it is no label itself.
fn beside(tokens: &[Placed], label: usize) -> Option<usize> {
    let next = tokens.get(label + 1).filter(|next| next.line == tokens[label].line)?;
    (!matches!(next.token.kind, TokenKind::Label(_))).then_some(label + 1)
}

/// The value that belongs to a label: the nearest of the right kind to its right, or under it.
fn take_value(tokens: &mut [Placed], label: usize, fits: impl Fn(&TokenKind) -> bool) -> Option<usize> {
    let own = &tokens[label];
    let mut best: Option<(f32, usize)> = None;
    for (index, other) in tokens.iter().enumerate() {
        if other.taken || !fits(&other.token.kind) || other.sheet != own.sheet {
            continue;
        }
        let (a, b) = (&own.token.bbox, &other.token.bbox);
        let (dx, dy) = (b.x0 - a.x0, b.y0 - a.y0);
        let beside = b.center().y > a.y0 - 2.0 && b.center().y < a.y1 + 2.0 && b.x0 >= a.x1 - 2.0;
        let cost = if beside {
            let between = tokens.iter().any(|t| {
                matches!(t.token.kind, TokenKind::Label(_))
                    && (t.token.bbox.center().y - b.center().y).abs() < 4.0
                    && t.token.bbox.x0 > a.x0 + 1.0
                    && t.token.bbox.x0 < b.x0
            });
            if between { continue } else { (b.x0 - a.x1) * 0.5 }
        } else if dy > 1.0 && dy < REACH_BELOW && (dx.abs() < REACH_ASIDE || a.x_overlap(b) > 0.0) {
            // In a row of labels the one straight above has the value.
            let in_column_of_another = dx.abs() > SAME_COLUMN
                && tokens.iter().any(|t| {
                    matches!(t.token.kind, TokenKind::Label(_))
                        && (t.token.bbox.y0 - a.y0).abs() < 4.0
                        && (t.token.bbox.x0 - b.x0).abs() < SAME_COLUMN
                });
            if in_column_of_another {
                continue;
            }
            // Another label of the same column in between speaks for that one.
            let nearer = tokens.iter().enumerate().any(|(i, t)| {
                i != label
                    && matches!(t.token.kind, TokenKind::Label(_))
                    && t.token.bbox.y0 > a.y0 + 1.0
                    && t.token.bbox.y0 < b.y0 - 1.0
                    && (t.token.bbox.x0 - a.x0).abs() < 12.0
            });
            10.0 + dy + 1.5 * dx.abs() + if nearer { 40.0 } else { 0.0 }
        } else {
            continue;
        };
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, index));
        }
    }
    let (_, index) = best?;
    tokens[index].taken = true;
    Some(index)
}

/// One case officer or several, beside the label or under it and under one another.
fn read_case_officers(tokens: &mut [Placed], label: usize, found: &mut Particulars) {
    let is_names = |k: &TokenKind| matches!(k, TokenKind::Names(_));
    let mut last = take_value(tokens, label, is_names);
    while let Some(at) = last {
        if let TokenKind::Names(names) = &tokens[at].token.kind {
            for name in names {
                if !found.case_officers.contains(name) {
                    found.case_officers.push(name.clone());
                }
            }
        }
        let own = tokens[at].token.bbox;
        last = tokens.iter().position(|t| {
            !t.taken
                && is_names(&t.token.kind)
                && t.sheet == tokens[at].sheet
                && (t.token.bbox.x0 - own.x0).abs() < 4.0
                && t.token.bbox.y0 > own.y0 + 1.0
                && only_reach_between(tokens, own, t.token.bbox)
        });
        if let Some(next) = last {
            tokens[next].taken = true;
        }
    }
}

/// Whether nothing but roles and ways to reach somebody stands between two names of a column.
fn only_reach_between(tokens: &[Placed], above: Rect, below: Rect) -> bool {
    let line = above.height().max(8.0);
    let lines = ((below.y0 - above.y0) / line).round();
    let between: Vec<&Placed> = tokens
        .iter()
        .filter(|t| {
            let b = t.token.bbox;
            b.y0 > above.y0 + 1.0 && b.y0 < below.y0 - 1.0 && (b.x0 - above.x0).abs() < 4.0
        })
        .collect();
    let reach = |t: &&Placed| {
        matches!(
            t.token.kind,
            TokenKind::Contact | TokenKind::Role | TokenKind::Label(Label::Phone | Label::Email)
        )
    };
    #[allow(clippy::cast_precision_loss)] // a handful
    let near = lines <= 2.0 * (between.len() as f32 + 1.0);
    near && between.iter().all(reach)
}

fn read_document_type(tokens: &mut [Placed], found: &mut Particulars, vocabulary: &Vocabulary) {
    let named = tokens.iter().position(|p| matches!(p.token.kind, TokenKind::DocumentType(_)));
    let Some(at) = named else { return };
    let TokenKind::DocumentType(kind) = tokens[at].token.kind else { return };
    let mut text = tokens[at].token.text.clone();
    let own = tokens[at].token.bbox;
    tokens[at].taken = true;
    if text.ends_with(" till") {
        // A narrow column breaks the name before the committee.
        let below = tokens.iter().position(|t| {
            matches!(t.token.kind, TokenKind::Organ(_))
                && (t.token.bbox.x0 - own.x0).abs() < 3.0
                && t.token.bbox.y0 > own.y0
                && t.token.bbox.y0 - own.y0 < 2.0 * own.height().max(8.0)
        });
        if let Some(below) = below {
            tokens[below].taken = true;
            text = format!("{text} {}", tokens[below].token.text);
        }
    }
    if found.committee.is_none() {
        found.committee = vocabulary.organ(&text);
    }
    found.kind = Some(kind);
    found.document_type = Some(text);
}

fn read_unlabelled(tokens: &mut [Placed], found: &mut Particulars) {
    let minutes = found.kind == Some(PaperKind::Protokoll);
    // Beside the paper's own date, one under the committee's name is its meeting's.
    if found.date.is_some()
        && found.meeting_date.is_none()
        && let Some(organ) =
            tokens.iter().position(|t| !t.taken && matches!(t.token.kind, TokenKind::Organ(_)))
    {
        read_meeting_of(tokens, organ, found);
    }
    for p in tokens.iter().filter(|p| !p.taken) {
        match &p.token.kind {
            TokenKind::Attachment(number) if found.attachment_number.is_none() => {
                found.attachment_number = Some(*number);
            }
            TokenKind::Date(date) if !p.token.doubtful && found.date.is_none() => {
                found.date = Some(date.clone())
            }
            // Each matter of minutes has its own.
            TokenKind::Diarienummer(number)
                if !p.token.doubtful
                    && (found.diarienummer.is_empty() || minutes && !found.diarienummer.contains(number)) =>
            {
                found.diarienummer.push(number.clone());
            }
            TokenKind::Department(name) if found.department.is_none() => {
                found.department = Some(name.clone())
            }
            _ => {}
        }
    }
    // A number in a form that counts only beside a label is the paper's own where the head has no other.
    if found.diarienummer.is_empty() && !found.has_diarienummer_label {
        let whole = |n: &Diarienummer| n.registry.is_some() && n.year.is_some() && n.serial.is_some();
        let alone = tokens.iter().find_map(|p| match &p.token.kind {
            TokenKind::LooseNumber(number) if !p.taken && !p.token.doubtful && whole(number) => Some(number),
            _ => None,
        });
        found.diarienummer.extend(alone.cloned());
    }
    // A committee that stands by itself is the paper's own; one behind "Till" may be whom it is sent to.
    let alone = tokens.iter().find_map(|p| match (&p.token.kind, p.taken) {
        (TokenKind::Organ(name), false) => Some(name.clone()),
        _ => None,
    });
    if let Some(alone) = alone {
        let sent_to = tokens.iter().any(|p| {
            matches!(p.token.kind, TokenKind::Label(Label::Committee))
                && p.token.text.eq_ignore_ascii_case("till")
        });
        if found.committee.is_none() || sent_to {
            found.committee = Some(alone);
        }
    }
    if found.case_officers.is_empty() {
        found.case_officers = unlabelled_officers(tokens);
    }
    if found.department.is_none() {
        found.department = sender_below_municipality(tokens);
    }
}

/// A line of unknown words directly below the municipality's name is the department: "Samhällsbyggnad".
fn sender_below_municipality(tokens: &[Placed]) -> Option<String> {
    let municipality = tokens.iter().find(|p| p.token.kind == TokenKind::Municipality)?;
    let own = municipality.token.bbox;
    let below = tokens.iter().find(|p| {
        let b = p.token.bbox;
        p.token.kind == TokenKind::Other
            && p.sheet == municipality.sheet
            && (b.x0 - own.x0).abs() < 4.0
            && b.y0 > own.y0
            && b.y0 - own.y0 < 2.2 * own.height().max(8.0)
            && may_name_department(&p.token.text)
    });
    below.map(|p| p.token.text.clone())
}

/// Without a label, a name beside a telephone number, an address or a role is whom to ask.
fn unlabelled_officers(tokens: &[Placed]) -> Vec<String> {
    let reachable = |p: &Placed| {
        tokens.iter().any(|other| {
            matches!(other.token.kind, TokenKind::Contact | TokenKind::Role | TokenKind::Department(_))
                && other.sheet == p.sheet
                && (other.token.bbox.y0 - p.token.bbox.y0).abs() < 40.0
        })
    };
    let first =
        tokens.iter().find(|p| !p.taken && matches!(p.token.kind, TokenKind::Names(_)) && reachable(p));
    match first.map(|p| &p.token.kind) {
        Some(TokenKind::Names(names)) => names.clone(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glyphs::plain_text::read_lines;
    use crate::layout::lay_out_text;
    use crate::records::document::MediaType;
    use crate::sections::outline;

    fn particulars(head: &str) -> Particulars {
        let text = format!("{head}\n\nAvgifter för torghandel\n\nSammanfattning\n\nTaxan höjs.\n");
        let layout = lay_out_text(&read_lines(&text, MediaType::PlainText));
        let papers = outline(&layout, Vocabulary::builtin());
        read(&papers[0].head, Vocabulary::builtin())
    }

    fn number(head: &str) -> Option<String> {
        particulars(head).diarienummer.first().map(|n| n.raw.clone())
    }

    #[test]
    fn in_a_row_of_labels_a_value_belongs_to_the_one_above_it() {
        let head = "Datum          Ert datum      Diarienummer       Er beteckning\n\
                    2025-09-02                    TN 2025-00167\n";
        assert_eq!(number(head).as_deref(), Some("TN 2025-00167"));
        let head = "Datum          Diarienummer       Ert diarienummer\n\
                    2025-09-02                        TN 2025-00167\n";
        assert_eq!(number(head), None);
    }

    #[test]
    fn a_number_without_a_label_counts_where_it_is_whole() {
        assert_eq!(number("Tranås kommun        BUN25/88\n2025-10-03").as_deref(), Some("BUN25/88"));
        assert_eq!(number("Tranås kommun        2025/88\n2025-10-03"), None);
    }
}

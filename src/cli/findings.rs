//! Findings as people read them.

use std::io::{self, Write};

use skrivelse::diagnostic::{Diagnostic, Severity};
use skrivelse::place::Place;

use super::console::{ERROR, INFO, WARNING};

/// Write one finding, each of its lines after `indent`.
pub(crate) fn write(finding: &Diagnostic, indent: &str, out: &mut impl Write) -> io::Result<()> {
    let style = match finding.severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
        Severity::Info => INFO,
    };
    let Diagnostic { severity, code, message, .. } = finding;
    writeln!(out, "{indent}{style}{severity}[{code}]{style:#}: {message}")?;
    let mut places: Vec<String> = finding.at.0.iter().map(place_words).collect();
    places.dedup();
    match places.as_slice() {
        [] => Ok(()),
        [only] => writeln!(out, "{indent}  at {only}"),
        [first, others @ ..] => writeln!(out, "{indent}  at {first}, see {}", others.join(", ")),
    }
}

/// Where to look. People find a page or a line; a box is for programs.
fn place_words(place: &Place) -> String {
    match place {
        Place::Page(place) => format!("page {}", place.page),
        Place::Lines(place) => {
            let page = place.page.map(|page| format!("page {page}, ")).unwrap_or_default();
            if place.line == place.end_line {
                format!("{page}line {}", place.line)
            } else {
                format!("{page}lines {}-{}", place.line, place.end_line)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use skrivelse::diagnostic::Code;
    use skrivelse::geometry::Rect;
    use skrivelse::place::At;

    use super::*;

    fn written(at: Vec<Place>) -> String {
        let finding = Diagnostic {
            code: Code::CountMismatch,
            severity: Severity::Warning,
            message: "the text says 18 of 26 activities are completed, the table shows 17".to_owned(),
            paper: Some(1),
            at: At(at),
        };
        let mut bytes = Vec::new();
        write(&finding, "  ", &mut anstream::StripStream::new(&mut bytes)).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_finding_names_its_places() {
        let page = |number| Place::on_page(number, Rect::new(0.0, 0.0, 10.0, 10.0));
        assert_eq!(
            written(vec![page(1), page(3), page(3)]),
            "  warning[count-mismatch]: the text says 18 of 26 activities are completed, the table shows 17\n    at page 1, see page 3\n"
        );
        assert!(written(vec![Place::lines(120, 120, None)]).ends_with("    at line 120\n"));
        assert!(written(vec![Place::lines(120, 124, Some(2))]).ends_with("    at page 2, lines 120-124\n"));
        assert!(written(Vec::new()).ends_with("17\n"));
    }
}

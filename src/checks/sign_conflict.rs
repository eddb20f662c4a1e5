//! Values of one kind with different signs.
//!
//! Sure for key figures that are set out as a calculation: two lines add up to the next one but for its sign, so costs
//! are negative and net costs, which are costs as well, positive. Other key figures of the paper that print a line of
//! the same name with the other sign are named with them.

use super::wording::key;
use super::{Finding, Subject, in_words, places};
use crate::records::key_figure::{KeyFigure, KeyFigureLine};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let figures = &subject.paper.key_figures;
    let turned: Vec<(&KeyFigure, [&KeyFigureLine; 2])> =
        figures.iter().filter_map(|f| Some((f, turned(f)?))).collect();
    let Some((_, [cost, net])) = turned.first().copied() else { return Vec::new() };
    let at = places(turned.iter().map(|(figure, _)| &figure.at));
    let names: Vec<String> = turned.iter().map(|(figure, _)| format!("'{}'", figure.name)).collect();
    let values: Vec<&str> = turned.iter().map(|(_, [cost, _])| cost.raw.as_str()).collect();
    let others: Vec<String> =
        figures.iter().filter(|f| has_with_other_sign(f, cost)).map(|f| format!("'{}'", f.name)).collect();
    let under = if others.is_empty() {
        String::new()
    } else {
        format!("; under {} it is positive", in_words::listed(&others))
    };
    vec![Finding::new(
        format!(
            "{}: '{}' is negative ({}) but '{}' positive{under}",
            in_words::listed(&names),
            cost.label,
            values.join(", "),
            net.label,
        ),
        at,
    )]
}

/// A negative line, and the one further down that is the sum of it and the next with its sign turned.
fn turned(figure: &KeyFigure) -> Option<[&KeyFigureLine; 2]> {
    figure.lines.windows(3).find_map(|lines| {
        let value = |line: &KeyFigureLine| line.value.map(|v| v.value);
        let (first, second, sum) = (value(&lines[0])?, value(&lines[1])?, value(&lines[2])?);
        let decimals = lines.iter().filter_map(|line| line.value).map(|v| v.decimals).max().unwrap_or(0);
        let slack = 0.6 * 10_f64.powi(-i32::from(decimals));
        let is_turned = first < 0.0 && sum > 0.0 && (first + second + sum).abs() <= slack && sum > slack;
        is_turned.then_some([&lines[0], &lines[2]])
    })
}

fn has_with_other_sign(figure: &KeyFigure, cost: &KeyFigureLine) -> bool {
    figure
        .lines
        .iter()
        .any(|line| key(&line.label) == key(&cost.label) && line.value.is_some_and(|v| v.value > 0.0))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{messages, paper};
    use super::*;

    fn figure(name: &str, lines: &[(&str, i64)]) -> Value {
        let lines: Vec<Value> = lines
            .iter()
            .map(|(label, v)| json!({"label": label, "raw": v.to_string(), "value": v, "unit": null}))
            .collect();
        json!({"name": name, "lines": lines, "notes": [], "at": []})
    }

    #[test]
    fn net_costs_lose_their_sign() {
        let figures = json!([
            figure(
                "Simhall",
                &[("Kostnader", -900), ("Avgår intäkter", 300), ("Nettokostnad", 600), ("Besök", 20)]
            ),
            figure("Ishall", &[("Kostnader *)", 500), ("Avgår intäkter", 100), ("Nettokostnad", 400)]),
        ]);
        assert_eq!(
            messages(check, &paper(json!({"key_figures": figures}))),
            [
                "'Simhall': 'Kostnader' is negative (-900) but 'Nettokostnad' positive; under 'Ishall' it is positive"
            ]
        );
    }

    #[test]
    fn one_sign_throughout() {
        let figures = json!([
            figure("Simhall", &[("Kostnader", -900), ("Avgår intäkter", 300), ("Nettokostnad", -600)]),
            figure("Ishall", &[("Kostnader", 500), ("Avgår intäkter", 100), ("Nettokostnad", 400)]),
        ]);
        assert!(messages(check, &paper(json!({"key_figures": figures}))).is_empty());
    }
}

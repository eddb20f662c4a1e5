//! Finding papers again.
//!
//! Words are looked up in an index of every paper's text; å, ä and ö are letters of their own and case is ignored.
//! Several words must all stand in the same passage, `"words in quotes"` stand beside each other, and `skol*` begins
//! with skol. What a search asks of the paper (its number, committee, date, statuses) is asked of the catalogue.

use rusqlite::params_from_iter;
use rusqlite::types::Value;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::catalog::Catalog;
use super::entry::diarienummer_key;
use super::error::ArchiveError;
use super::shown::shown_bytes;
use crate::records::date::parse_date;

/// How many words around a hit are shown.
const SNIPPET_WORDS: u32 = 16;

/// What to look for. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Words, phrases in quotes, beginnings with an asterisk; none finds papers by the rest alone.
    pub words: Vec<String>,
    /// A registration number or how it begins; `*` and `?` stand for any letters and any one.
    pub diarienummer: Option<String>,
    /// A part of the committee's name.
    pub committee: Option<String>,
    /// First day, of the paper's date or else its meeting's: a year, a month or a day.
    pub from: Option<String>,
    /// Last day, likewise.
    pub to: Option<String>,
    /// A status that one of the paper's activities has.
    pub status: Option<String>,
    /// A kind of paper.
    pub kind: Option<String>,
    /// Most hits.
    pub limit: u32,
}

/// A place that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// The document: what `get` takes.
    pub id: String,
    /// The file, on one line; where several have the content the first, and the name it was read under when all are
    /// gone.
    pub file: String,
    /// The paper in the file, from 1.
    pub paper: u32,
    /// The page in the file, from 1.
    pub page: Option<u32>,
    /// What kind of paper it is.
    pub kind: String,
    /// The paper's title.
    pub title: Option<String>,
    /// The paper's committee.
    pub committee: Option<String>,
    /// The paper's date, or else its meeting's.
    pub date: Option<String>,
    /// The paper's registration numbers.
    pub diarienummer: Vec<String>,
    /// The words around the hit, each hit in brackets.
    pub snippet: Option<String>,
}

/// Find places, best first; equal ones by file and page.
pub fn find(catalog: &Catalog, query: &Query) -> Result<Vec<Hit>, ArchiveError> {
    let (sql, values) = build(query)?;
    let run = || {
        let mut statement = catalog.db.prepare(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut hits = Vec::new();
        while let Some(row) = rows.next()? {
            let numbers: Option<String> = row.get(8)?;
            let snippet: Option<String> = row.get(9)?;
            hits.push(Hit {
                id: row.get(0)?,
                file: shown_bytes(&row.get::<_, Vec<u8>>(1)?),
                paper: row.get(2)?,
                page: row.get(3)?,
                kind: row.get(4)?,
                title: row.get(5)?,
                committee: row.get(6)?,
                date: row.get(7)?,
                diarienummer: numbers.map(|n| n.split('\n').map(str::to_owned).collect()).unwrap_or_default(),
                snippet: snippet.map(|s| s.split_whitespace().collect::<Vec<_>>().join(" ")),
            });
        }
        Ok(hits)
    };
    run().map_err(|error: rusqlite::Error| catalog.explain(error))
}

fn build(query: &Query) -> Result<(String, Vec<Value>), ArchiveError> {
    let mut conditions: Vec<String> = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    let words = match_expression(&query.words)?;
    if let Some(words) = &words {
        values.push(Value::Text(words.clone()));
        conditions.push("words MATCH ?".to_owned());
    }
    if let Some(number) = &query.diarienummer {
        let (condition, given) = diarienummer_condition(number)?;
        conditions.push(format!(
            "EXISTS (SELECT 1 FROM diarienummer n WHERE n.hash = p.hash AND n.paper = p.paper AND {condition})"
        ));
        values.extend(given);
    }
    if let Some(committee) = &query.committee {
        // SQLite folds only ASCII; Swedish committees need Å, Ä and Ö too, in either case.
        let (lower, upper) = (committee.to_lowercase(), committee.to_uppercase());
        let (lower, upper): (Vec<char>, Vec<char>) = (lower.nfc().collect(), upper.nfc().collect());
        let same_length = lower.len() == upper.len();
        let mut pattern = String::from("*");
        for (index, ch) in lower.iter().enumerate() {
            match ch {
                '*' | '?' | '[' | ']' => pattern.push_str(&format!("[{ch}]")),
                _ if same_length && upper[index] != *ch => {
                    pattern.push_str(&format!("[{ch}{}]", upper[index]))
                }
                _ => pattern.push(*ch),
            }
        }
        pattern.push('*');
        conditions.push("p.committee GLOB ?".to_owned());
        values.push(Value::Text(pattern));
    }
    if let Some(from) = &query.from {
        conditions.push("coalesce(p.date, p.meeting_date) >= ?".to_owned());
        values.push(Value::Text(date(from, "--from")?));
    }
    if let Some(to) = &query.to {
        // A year or a month means its last day: what begins like it lies before it with a tilde.
        conditions.push("coalesce(p.date, p.meeting_date) <= ?".to_owned());
        values.push(Value::Text(date(to, "--to")? + "~"));
    }
    if let Some(status) = &query.status {
        conditions.push(
            "EXISTS (SELECT 1 FROM statuses s WHERE s.hash = p.hash AND s.paper = p.paper AND s.status = ?)"
                .to_owned(),
        );
        values.push(Value::Text(status.clone()));
    }
    if let Some(kind) = &query.kind {
        conditions.push("p.kind = ?".to_owned());
        values.push(Value::Text(kind.clone()));
    }
    if conditions.is_empty() {
        return Err(ArchiveError::Asked("there is nothing to look for; give words or a filter".to_owned()));
    }
    let conditions = conditions.join(" AND ");
    let columns = "p.hash,
        coalesce((SELECT f.path FROM files f WHERE f.hash = p.hash ORDER BY f.missing, f.path LIMIT 1), CAST(d.name AS BLOB)) AS file";
    let paper = "p.kind, p.title, p.committee, coalesce(p.date, p.meeting_date),
        (SELECT group_concat(raw, char(10)) FROM (SELECT raw FROM diarienummer n WHERE n.hash = p.hash AND n.paper = p.paper ORDER BY key))";
    let sql = if words.is_some() {
        format!(
            "SELECT {columns}, p.paper, t.page, {paper}, snippet(words, 0, '[', ']', '…', {SNIPPET_WORDS})
             FROM words JOIN passages t ON t.id = words.rowid JOIN papers p ON p.hash = t.hash AND p.paper = t.paper
             JOIN documents d ON d.hash = p.hash WHERE {conditions}
             ORDER BY round(words.rank, 6), file, p.paper, t.page, t.id LIMIT {}",
            query.limit
        )
    } else {
        format!(
            "SELECT {columns}, p.paper, p.page, {paper}, NULL FROM papers p JOIN documents d ON d.hash = p.hash
             WHERE {conditions} ORDER BY coalesce(p.date, p.meeting_date), file, p.paper LIMIT {}",
            query.limit
        )
    };
    Ok((sql, values))
}

/// The words as the index's own expression, every word quoted so that nothing in it is syntax.
fn match_expression(words: &[String]) -> Result<Option<String>, ArchiveError> {
    let mut terms = Vec::new();
    for (part, quoted) in words.iter().flat_map(|w| split_quotes(w)) {
        let parts: Vec<String> =
            if quoted { vec![part] } else { part.split_whitespace().map(str::to_owned).collect() };
        for part in parts {
            let (stem, star) = match part.strip_suffix('*') {
                Some(stem) => (stem, "*"),
                None => (part.as_str(), ""),
            };
            if stem.chars().any(char::is_alphanumeric) {
                terms.push(format!("\"{}\"{star}", stem.replace('"', "").nfc()));
            }
        }
    }
    if terms.is_empty() && !words.is_empty() {
        return Err(ArchiveError::Asked("the words hold no letter and no digit; give others".to_owned()));
    }
    Ok((!terms.is_empty()).then(|| terms.join(" AND ")))
}

/// What stands in quotes and what does not. A word that the shell has freed of its quotes and that holds spaces was
/// in quotes too.
fn split_quotes(word: &str) -> Vec<(String, bool)> {
    if !word.contains('"') {
        return vec![(word.to_owned(), word.contains(char::is_whitespace))];
    }
    (0..).zip(word.split('"')).map(|(index, part)| (part.to_owned(), index % 2 == 1)).collect()
}

fn diarienummer_condition(number: &str) -> Result<(String, Vec<Value>), ArchiveError> {
    // "KS-2024-…" means what begins so.
    let key = diarienummer_key(&number.nfc().collect::<String>().replace('…', "*").replace("...", "*"));
    if !key.chars().any(char::is_alphanumeric) {
        return Err(ArchiveError::Asked(format!(
            "{number} is no diarienummer; write one like KS-2024-00012 or its beginning"
        )));
    }
    let pattern = if key.contains('*') || key.contains('?') { key.clone() } else { format!("{key}*") };
    let mut condition = "n.key GLOB ?".to_owned();
    let mut values = vec![Value::Text(pattern)];
    // "KS-2024-12" means KS-2024-00012 as well, which does not begin like it.
    let parts: Vec<&str> = key.split('-').collect();
    if let [registry @ .., year, serial] = parts.as_slice()
        && let (Ok(year), Ok(serial)) = (year.parse::<i64>(), serial.parse::<i64>())
        && registry.len() <= 1
    {
        condition = format!("({condition} OR (n.year = ? AND n.serial = ?");
        values.extend([Value::Integer(year), Value::Integer(serial)]);
        if let [registry] = registry {
            condition += " AND upper(n.registry) = ?";
            values.push(Value::Text((*registry).to_owned()));
        }
        condition += "))";
    }
    Ok((condition, values))
}

/// A year, a month or a day, checked so that a slip does not find nothing in silence.
fn date(text: &str, option: &str) -> Result<String, ArchiveError> {
    // What is left out is completed with what every year and month has.
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    if parse_date(&whole).is_some_and(|date| date == whole) {
        Ok(text.to_owned())
    } else {
        Err(ArchiveError::Asked(format!(
            "{option} {text} is no date; write it as 2024, 2024-04 or 2024-04-29"
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Option<String> {
        match_expression(&words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn nothing_in_a_word_is_syntax() {
        assert_eq!(words(&["skola", "OR"]).as_deref(), Some("\"skola\" AND \"OR\""));
        assert_eq!(words(&["skol*", "KS-2024"]).as_deref(), Some("\"skol\"* AND \"KS-2024\""));
        assert_eq!(words(&["a \"b c\" d"]).as_deref(), Some("\"a\" AND \"b c\" AND \"d\""));
        assert_eq!(words(&["lägga till"]).as_deref(), Some("\"lägga till\""));
        assert_eq!(words(&["A\u{30A}r"]).as_deref(), Some("\"År\""));
        assert!(match_expression(&["*".to_owned()]).is_err());
        assert_eq!(words(&[]), None);
    }

    #[test]
    fn dates_are_checked() {
        assert!(["2024", "2024-04", "2024-04-29"].iter().all(|d| date(d, "--from").is_ok()));
        assert!(
            ["24", "2024-4", "2024-13", "2023-02-29", "29/4", "2024-04-29-1", ""]
                .iter()
                .all(|d| date(d, "--to").is_err())
        );
    }
}

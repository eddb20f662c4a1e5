//! Names for messages.

use crate::records::activity::{Activity, ActivityKind, ExpectedCompletion, Origin};
use crate::records::status::StatusCode;

use super::wording::beginning;

/// What a thing is called: "Uppdrag 12", "KS-BESLUT 'Ta fram …'".
pub(super) fn name(activity: &Activity) -> String {
    let label = activity.label.as_deref().unwrap_or_default();
    match (&activity.number, &activity.title) {
        (Some(number), _) => format!("{label} {number}").trim().to_owned(),
        (None, Some(title)) => format!("{label} '{}'", beginning(title)).trim().to_owned(),
        (None, None) => label.to_owned(),
    }
}

/// "the table", "the section".
pub(super) fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Table => "the table",
        Origin::Section => "the section",
        Origin::List => "the list",
        Origin::Text => "the text",
    }
}

/// "1 activity is", "3 activities are".
pub(super) fn counted(count: usize, kind: ActivityKind) -> String {
    let (one, many) = match kind {
        ActivityKind::Activity => ("activity", "activities"),
        ActivityKind::Assignment => ("assignment", "assignments"),
        ActivityKind::Measure => ("measure", "measures"),
        ActivityKind::Goal => ("goal", "goals"),
        ActivityKind::Other => ("thing", "things"),
    };
    if count == 1 { format!("1 {one} is") } else { format!("{count} {many} are") }
}

/// A status as a word of a sentence.
pub(super) fn status(code: StatusCode) -> &'static str {
    match code {
        StatusCode::NotStarted => "not started",
        StatusCode::Waiting => "waiting",
        StatusCode::Ongoing => "ongoing",
        StatusCode::Deviating => "deviating",
        StatusCode::Delayed => "delayed",
        StatusCode::Completed => "completed",
        StatusCode::Stopped => "stopped",
        StatusCode::Unknown => "of an unknown status",
    }
}

/// When something is expected to be done: "2026", "open-ended".
pub(super) fn expected(expected: &ExpectedCompletion) -> String {
    match expected.year {
        Some(year) => year.to_string(),
        None => format!("'{}'", expected.raw),
    }
}

/// "one, two and three".
pub(super) fn listed<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

//! Does a document follow the schema? What breaks it is said in plain words.

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{ValidationError, Validator};
use serde_json::Value;

use super::schema::document_schema;

/// Checks documents against the schema.
pub struct Conformance {
    validator: Validator,
}

/// Where and how a document breaks the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// JSON pointer to the value; empty for the whole document.
    pub pointer: String,
    /// What was expected and what was found, in one clause without a full stop.
    pub message: String,
}

impl Conformance {
    /// Compile the schema that this program writes by.
    ///
    /// # Panics
    ///
    /// Never: the schema is made from the types, and the tests compile it.
    #[must_use]
    #[allow(clippy::expect_used)] // The schema is a constant of the program, not input.
    pub fn new() -> Self {
        let validator =
            jsonschema::draft202012::new(&document_schema()).expect("the program's own schema compiles");
        Self { validator }
    }

    /// Everything in the document that breaks the schema, in the order of the document.
    #[must_use]
    pub fn violations(&self, document: &Value) -> Vec<Violation> {
        let mut violations = Vec::new();
        for error in self.validator.iter_errors(document) {
            collect(&error, &mut violations);
        }
        violations
    }
}

impl Default for Conformance {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Display for Violation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let pointer = if self.pointer.is_empty() { "the document" } else { &self.pointer };
        write!(f, "{pointer}: {}", self.message)
    }
}

/// Say what one error means. Where several forms are allowed, only the form that the value comes nearest to is
/// explained: the others' complaints would bury the one that helps.
fn collect(error: &ValidationError<'_>, violations: &mut Vec<Violation>) {
    use ValidationErrorKind as Kind;
    if let Kind::AnyOf { context } | Kind::OneOfNotValid { context } = &error.kind {
        let here = depth(error);
        let flaws = |form: &&Vec<ValidationError<'static>>| form.iter().filter(|e| depth(e) == here).count();
        let nearest = context.iter().filter(|form| !is_other_kind(form, here)).min_by_key(flaws);
        if let Some(form) = nearest {
            form.iter().for_each(|inner| collect(inner, violations));
            return;
        }
    }
    let found = found(&error.instance);
    let message = match &error.kind {
        Kind::AdditionalProperties { unexpected } => format!("unknown {}", keys(unexpected)),
        Kind::Required { property } => format!("the key {property} is missing"),
        Kind::Type { kind } => format!("expected {}, found {found}", type_words(kind)),
        Kind::Constant { expected_value } => format!("expected {expected_value}, found {found}"),
        Kind::Enum { options } => format!("expected one of {}, found {found}", listed(options)),
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
            format!("expected {}, found {found}", alternatives(context))
        }
        Kind::Minimum { limit } => format!("expected at least {limit}, found {found}"),
        Kind::Maximum { limit } => format!("expected at most {limit}, found {found}"),
        Kind::MinItems { limit } => format!("expected at least {limit} items, found {found}"),
        Kind::MaxItems { limit } => format!("expected at most {limit} items, found {found}"),
        Kind::Pattern { pattern } => format!("expected {}, found {found}", pattern_words(pattern)),
        _ => error.to_string(),
    };
    violations.push(Violation { pointer: error.instance_path.as_str().to_owned(), message });
}

/// Whether a form allows another kind of value altogether, or only certain words: then it has no flaw to point at.
fn is_other_kind(form: &[ValidationError<'static>], here: usize) -> bool {
    use ValidationErrorKind as Kind;
    form.iter().filter(|error| depth(error) == here).any(|error| match &error.kind {
        Kind::Type { .. } | Kind::Constant { .. } | Kind::Enum { .. } => true,
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
            context.iter().all(|form| is_other_kind(form, here))
        }
        _ => false,
    })
}

/// How deep in the document the value stands.
fn depth(error: &ValidationError<'_>) -> usize {
    error.instance_path.as_str().matches('/').count()
}

/// What the forms of a choice allow, joined with "or".
fn alternatives(context: &[Vec<ValidationError<'static>>]) -> String {
    let mut words: Vec<String> = Vec::new();
    for form in context {
        // A word that is allowed says by itself that it is a text.
        let names_a_word =
            form.iter().any(|error| matches!(error.kind, ValidationErrorKind::Constant { .. }));
        for error in form {
            let allowed = match &error.kind {
                ValidationErrorKind::Constant { expected_value } => expected_value.to_string(),
                ValidationErrorKind::Enum { options } => listed(options),
                ValidationErrorKind::Type { kind } if !names_a_word => type_words(kind),
                ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
                    alternatives(context)
                }
                _ => continue,
            };
            if !words.contains(&allowed) {
                words.push(allowed);
            }
        }
    }
    if words.is_empty() { "another form".to_owned() } else { or(&words) }
}

fn or(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

fn keys(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    format!("{} {}", if names.len() == 1 { "key" } else { "keys" }, quoted.join(", "))
}

fn listed(options: &Value) -> String {
    let options = options.as_array().map(Vec::as_slice).unwrap_or_default();
    or(&options.iter().map(Value::to_string).collect::<Vec<_>>())
}

fn type_words(kind: &TypeKind) -> String {
    let word = |name: String| match name.as_str() {
        "array" => "a list".to_owned(),
        "boolean" => "true or false".to_owned(),
        "integer" => "a whole number".to_owned(),
        "null" => "null".to_owned(),
        "number" => "a number".to_owned(),
        "object" => "an object".to_owned(),
        "string" => "a text".to_owned(),
        _ => name,
    };
    match kind {
        TypeKind::Single(one) => word(one.to_string()),
        TypeKind::Multiple(several) => {
            or(&several.iter().map(|one| word(one.to_string())).collect::<Vec<_>>())
        }
    }
}

/// The patterns that the record types use, in words.
fn pattern_words(pattern: &str) -> String {
    match pattern {
        crate::records::DATE_PATTERN => "a date such as 2025-04-29".to_owned(),
        crate::records::SHA256_PATTERN => "64 hexadecimal digits".to_owned(),
        other => format!("a text that matches {other}"),
    }
}

/// The value, shortened, so that a line stays a line.
fn found(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("a list of {}", items.len()),
        Value::Object(_) => "an object".to_owned(),
        Value::String(text) if text.chars().count() > 60 => {
            format!("{:?}", text.chars().take(60).chain(['…']).collect::<String>())
        }
        other => other.to_string(),
    }
}

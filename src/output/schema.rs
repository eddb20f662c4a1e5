//! The JSON Schema of documents, made from the record types.
//!
//! Draft 2020-12. Every object is closed and every key is required, because every key is always written: a key that is
//! missing and a value that is missing must not look alike.

use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use crate::records::document::{Document, SCHEMA_VERSION};

/// The schema of [`Document`].
#[must_use]
pub fn document_schema() -> Value {
    let mut schema = generate::<Document>();
    if let Some(root) = schema.as_object_mut() {
        let mut head = Map::new();
        for (key, value) in [
            ("$schema", root.remove("$schema").unwrap_or_default()),
            ("$id", json!(format!("urn:skrivelse:document:{SCHEMA_VERSION}"))),
            ("title", json!("Document")),
        ] {
            head.insert(key.to_owned(), value);
        }
        root.remove("title");
        head.append(root);
        if let Some(version) = head.get_mut("properties").and_then(|p| p.get_mut("schema_version")) {
            version["const"] = json!(SCHEMA_VERSION);
        }
        *root = head;
    }
    schema
}

/// The schema of any type that is written as JSON, without an `$id`.
#[must_use]
pub fn generate<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize().with_transform(Tidy);
    let mut schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    if let Some(definitions) = schema.get_mut("$defs").and_then(Value::as_object_mut) {
        for (name, definition) in definitions.iter_mut() {
            if let Some(definition) = definition.as_object_mut() {
                definition.shift_insert(0, "title".to_owned(), json!(spaced(name)));
            }
        }
    }
    schema
}

/// Close objects, and drop `format: uint32` and the like, which JSON Schema does not define.
#[derive(Clone, Debug)]
struct Tidy;

impl Transform for Tidy {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        let Some(object) = schema.as_object_mut() else { return };
        if object.contains_key("properties") {
            object.insert("additionalProperties".to_owned(), Value::Bool(false));
        }
        let is_width =
            |format: &str| ["uint", "int", "float", "double"].iter().any(|width| format.starts_with(width));
        if object.get("format").and_then(Value::as_str).is_some_and(is_width) {
            object.remove("format");
        }
    }
}

/// "FinancialTable" as "Financial table".
fn spaced(name: &str) -> String {
    let mut title = String::with_capacity(name.len() + 4);
    for ch in name.chars() {
        if ch.is_uppercase() && !title.is_empty() {
            title.push(' ');
            title.extend(ch.to_lowercase());
        } else {
            title.push(ch);
        }
    }
    title
}

//! The document: everything that was read from one file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::paper::Paper;
use crate::diagnostic::Diagnostic;

/// The version of the output contract; the schema's `$id` carries it too.
pub const SCHEMA_VERSION: &str = "1.0";

/// Everything that was read from one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The version of the output contract that this document follows.
    pub schema_version: String,
    /// The file that was read.
    pub source: SourceInfo,
    /// Each separate paper in the file, in order; an appendix is a paper of its own.
    pub papers: Vec<Paper>,
    /// What a reader of the data should know.
    pub diagnostics: Vec<Diagnostic>,
}

/// The file that was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceInfo {
    /// The file's name without its folders.
    pub name: String,
    /// SHA-256 of the bytes, in hexadecimal.
    #[schemars(regex(pattern = super::SHA256_PATTERN))]
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// What the content is, whatever the name says.
    pub media_type: MediaType,
    /// Number of pages; `null` for a text without page marks.
    pub pages: Option<u32>,
    /// Where the text comes from.
    pub text_layer: TextLayer,
    /// What the file says of itself.
    pub metadata: Metadata,
}

/// What the content of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum MediaType {
    /// A PDF.
    #[serde(rename = "application/pdf")]
    Pdf,
    /// Plain text.
    #[serde(rename = "text/plain")]
    PlainText,
    /// Markdown.
    #[serde(rename = "text/markdown")]
    Markdown,
}

/// Where the text of a file comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TextLayer {
    /// The file's own text.
    Native,
    /// Pictures of text, read by optical character recognition.
    Ocr,
    /// Some pages native, some by optical character recognition.
    Mixed,
    /// The file holds no text that can be read.
    None,
}

/// What a file says of itself. All values are as the file has them, dates as ISO 8601.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Metadata {
    /// The title in the file's properties.
    pub title: Option<String>,
    /// The author in the file's properties.
    pub author: Option<String>,
    /// The program that wrote the file.
    pub producer: Option<String>,
    /// When the file was made.
    pub created: Option<String>,
}

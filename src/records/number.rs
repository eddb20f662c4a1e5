//! Numbers as papers print them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A number that was read. It is written without decimals when the paper prints it without.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// The number.
    pub value: f64,
    /// How many decimals the paper prints.
    pub decimals: u8,
}

impl Serialize for Number {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.decimals == 0 && self.value.fract() == 0.0 && self.value.abs() < 9e15 {
            #[allow(clippy::cast_possible_truncation)] // whole and below 2^53
            serializer.serialize_i64(self.value as i64)
        } else {
            serializer.serialize_f64(self.value)
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        let decimals = u8::from(number.is_f64());
        Ok(Self { value: number.as_f64().unwrap_or(f64::NAN), decimals })
    }
}

impl JsonSchema for Number {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number" })
    }
}

//! Diarienummer: the registration number of a matter.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A registration number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Diarienummer {
    /// The number as printed: "AMN-2022-00099".
    pub raw: String,
    /// The registry's letters: "AMN"; `null` where the number has none.
    pub registry: Option<String>,
    /// The year; `null` where the number has none.
    pub year: Option<i32>,
    /// The running number.
    pub serial: Option<u64>,
}
use std::ops::Range; use std::sync::LazyLock; use regex::Regex;
static A: LazyLock<Regex>=LazyLock::new(||Regex::new(r"\b([A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,5})[- /](\d{4})[-/:](\d{1,6})\b|\b([A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,5}) (\d{2})/(\d{4})\b").unwrap());
static L: LazyLock<Regex>=LazyLock::new(||Regex::new(r"\b(\d{4})[/-](\d{1,6})\b|\b(\d{4})/(\d{2})\b|\b\d[\d.-]+[/-]\d+").unwrap());
/// t
pub fn find_all(t:&str,_v:&crate::vocabulary::Vocabulary)->Vec<(Range<usize>,Diarienummer)>{ A.captures_iter(t).filter(|c|!t.contains("SOU")&&!t.contains("lag (")&&c.get(0).is_some()).map(|c|{let g=|i:usize|c.get(i).map(|m|m.as_str().to_owned()); let (r,y,s)=if c.get(1).is_some(){(g(1),g(2),g(3))}else{(g(4),g(5).map(|y|format!("20{y}")),g(6))}; (c.get(0).unwrap().range(),Diarienummer{raw:c[0].to_owned(),registry:r,year:y.and_then(|y|y.parse().ok()),serial:s.and_then(|s|s.parse().ok())})}).collect() }
/// t
pub fn labelled(t:&str)->Option<(Range<usize>,Diarienummer)>{ let c=L.captures(t)?; let (y,s)=if c.get(1).is_some(){(c[1].parse().ok(),c[2].parse().ok())}else if c.get(3).is_some(){(format!("20{}",&c[4]).parse().ok(),c[3].parse().ok())}else{(None,None)}; Some((c.get(0)?.range(),Diarienummer{raw:c[0].to_owned(),registry:None,year:y,serial:s})) }

//! temp
use crate::vocabulary::Vocabulary;
/// t
pub fn looks_like_name(t:&str, v:&Vocabulary)->bool{ let w:Vec<&str>=t.split_whitespace().collect(); (2..=4).contains(&w.len()) && w.iter().all(|w|w.chars().next().is_some_and(char::is_uppercase)&&w.chars().all(|c|c.is_alphabetic()||c=='-'||c==':'||c=='.'||c=='\'')&&w.chars().any(char::is_lowercase)) && v.find_organ(t).is_none() && v.find_department(t).is_none() && !v.is_role(t) && v.labels.whole(t).is_none() && v.heading_kind(t).is_none() && v.document_types.prefix(t).is_none() && v.municipality(t).is_none()}
/// t
pub fn split_names(t:&str)->Vec<String>{ t.split([',','/','&']).flat_map(|p|p.split(" och ")).map(|s|s.trim().to_owned()).filter(|s|!s.is_empty()).collect() }

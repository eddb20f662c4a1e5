//! The structure that a tagged PDF states: which marked content is a heading, a paragraph, a table cell.

use std::collections::HashMap;

use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier};

use crate::settings::Settings;

/// The elements of a tagged file, and which marked content belongs to which.
#[derive(Clone, Debug, Default)]
pub struct StructureTree {
    /// The elements, parents before their children.
    pub elements: Vec<Element>,
    by_content: HashMap<(u32, u32), usize>,
}

/// One element of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Its role as the standard names it: "P", "H1", "TD"; custom roles are resolved with the file's role map.
    pub role: String,
    /// The element it is part of.
    pub parent: Option<usize>,
}

impl StructureTree {
    /// Whether the file states a structure at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_content.is_empty()
    }

    /// The element that a piece of marked content belongs to.
    #[must_use]
    pub fn element_of(&self, page: u32, mcid: u32) -> Option<usize> {
        self.by_content.get(&(page, mcid)).copied()
    }

    /// The roles from an element upwards.
    pub fn roles_upwards(&self, element: usize) -> impl Iterator<Item = &str> {
        std::iter::successors(Some(element), |e| self.elements[*e].parent)
            .map(|e| self.elements[e].role.as_str())
    }

    pub(super) fn read(root: &Dict<'_>, pages: &HashMap<ObjectIdentifier, u32>, settings: &Settings) -> Self {
        let role_map = root.get::<Dict<'_>>(b"RoleMap".as_slice());
        let mut tree = Self::default();
        tree.read_kids(root, None, None, pages, role_map.as_ref(), settings, 0);
        tree
    }

    #[allow(clippy::too_many_arguments)]
    fn read_kids(
        &mut self,
        element: &Dict<'_>,
        own: Option<usize>,
        page: Option<u32>,
        pages: &HashMap<ObjectIdentifier, u32>,
        role_map: Option<&Dict<'_>>,
        settings: &Settings,
        depth: u32,
    ) {
        if depth > settings.max_nesting || self.elements.len() > settings.max_structure_elements {
            return;
        }
        let kids: Vec<Object<'_>> = match element.get::<Object<'_>>(b"K".as_slice()) {
            Some(Object::Array(kids)) => Array::iter::<Object<'_>>(&kids).collect(),
            Some(kid) => vec![kid],
            None => return,
        };
        for kid in kids {
            match kid {
                Object::Number(number) => {
                    if let (Some(page), Some(own), Ok(mcid)) = (page, own, u32::try_from(number.as_i64())) {
                        self.by_content.insert((page, mcid), own);
                    }
                }
                Object::Dict(kid) => {
                    let kid_page = kid
                        .get_ref(b"Pg".as_slice())
                        .and_then(|r| pages.get(&ObjectIdentifier::new(r.obj_number, r.gen_number)).copied())
                        .or(page);
                    if let Some(mcid) = kid.get::<u32>(b"MCID".as_slice()) {
                        if let (Some(page), Some(own)) = (kid_page, own) {
                            self.by_content.insert((page, mcid), own);
                        }
                    } else if let Some(role) = kid.get::<Name<'_>>(b"S".as_slice()) {
                        let index = self.elements.len();
                        self.elements
                            .push(Element { role: standard_role(role.as_str(), role_map), parent: own });
                        self.read_kids(&kid, Some(index), kid_page, pages, role_map, settings, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }
}

fn standard_role(role: &str, role_map: Option<&Dict<'_>>) -> String {
    let mut role = role.to_owned();
    // A role map may chain, and a broken one may loop.
    for _ in 0..8 {
        match role_map.and_then(|map| map.get::<Name<'_>>(role.as_bytes())) {
            Some(next) if next.as_str() != role => role = next.as_str().to_owned(),
            _ => break,
        }
    }
    role
}

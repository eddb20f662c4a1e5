//! Where in the file a value stands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::geometry::Rect;

/// One place in the file: a box on a page of a PDF, or lines of a text.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Place {
    /// A place in a PDF.
    #[serde(rename_all = "snake_case")]
    Page(PagePlace),
    /// A place in a text file.
    Lines(LinePlace),
}

/// A box on a page.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PagePlace {
    /// Page number in the file, from 1.
    #[schemars(range(min = 1))]
    pub page: u32,
    /// Left, top, right and bottom edge in points from the page's top left corner.
    pub bbox: [f64; 4],
}

/// A run of lines.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LinePlace {
    /// First line, from 1.
    #[schemars(range(min = 1))]
    pub line: u32,
    /// Last line, from 1.
    #[schemars(range(min = 1))]
    pub end_line: u32,
    /// Page number, from 1, in a text that marks its pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub page: Option<u32>,
}

/// Where a record stands: one place, or one for each page or stretch that it runs over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct At(pub Vec<Place>);

impl Place {
    /// A box on a page, its coordinates rounded to hundredths of a point.
    #[must_use]
    pub fn on_page(page: u32, bbox: Rect) -> Self {
        let round = |v: f32| (f64::from(v) * 100.0).round() / 100.0;
        Self::Page(PagePlace { page, bbox: [round(bbox.x0), round(bbox.y0), round(bbox.x1), round(bbox.y1)] })
    }

    /// A run of lines, both ends included.
    #[must_use]
    pub fn lines(line: u32, end_line: u32, page: Option<u32>) -> Self {
        Self::Lines(LinePlace { line, end_line, page })
    }

    /// The page this place is on, where the file has pages.
    #[must_use]
    pub fn page(&self) -> Option<u32> {
        match self {
            Self::Page(p) => Some(p.page),
            Self::Lines(l) => l.page,
        }
    }
}

impl At {
    /// Add a place: joined with the last one where both are on the same page, kept apart otherwise.
    pub fn add(&mut self, place: Place) {
        match (self.0.last_mut(), place) {
            (Some(Place::Page(last)), Place::Page(new)) if last.page == new.page => {
                last.bbox = [
                    last.bbox[0].min(new.bbox[0]),
                    last.bbox[1].min(new.bbox[1]),
                    last.bbox[2].max(new.bbox[2]),
                    last.bbox[3].max(new.bbox[3]),
                ];
            }
            (Some(Place::Lines(last)), Place::Lines(new)) if last.page == new.page => {
                last.line = last.line.min(new.line);
                last.end_line = last.end_line.max(new.end_line);
            }
            _ => self.0.push(place),
        }
    }

    /// Add all places of another.
    pub fn extend(&mut self, other: &Self) {
        for place in &other.0 {
            self.add(*place);
        }
    }

    /// The first place, where there is one.
    #[must_use]
    pub fn first(&self) -> Option<&Place> {
        self.0.first()
    }
}

impl From<Place> for At {
    fn from(place: Place) -> Self {
        Self(vec![place])
    }
}

impl FromIterator<Place> for At {
    fn from_iter<I: IntoIterator<Item = Place>>(places: I) -> Self {
        let mut at = Self::default();
        for place in places {
            at.add(place);
        }
        at
    }
}

/// How `at` is written: the place itself where there is one, a list where there are several.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "At")]
enum AtOnPaper {
    /// The only place.
    One(Place),
    /// One place for each page or stretch.
    Many(Vec<Place>),
}

impl Serialize for At {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [one] => one.serialize(serializer),
            many => many.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for At {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match AtOnPaper::deserialize(deserializer)? {
            AtOnPaper::One(place) => Self(vec![place]),
            AtOnPaper::Many(places) => Self(places),
        })
    }
}

impl JsonSchema for At {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        AtOnPaper::schema_name()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        AtOnPaper::json_schema(generator)
    }
}

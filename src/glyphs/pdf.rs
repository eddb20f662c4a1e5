//! Reads a PDF's pages with the hayro crates.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::time::Instant;

use hayro_cmap::BfString;
use hayro_font::FontCache;
use hayro_interpret::font::{Glyph as HayroGlyph, GlyphRun};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image as HayroImage, ImageDrawProps,
    InterpreterCache, InterpreterSettings, Paint, SoftMask, interpret_page,
};
use hayro_syntax::object::dict::keys;
use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier};
use hayro_syntax::page::Resources;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use kurbo::{Affine, BezPath, PathEl, Point as KPoint, Rect as KRect, Shape};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::structure_tree::StructureTree;
use super::{Bookmark, Fill, Font, Glyph, Image, Page, Ruling, Turn};
use crate::geometry::{Point, Rect};
use crate::records::document::Metadata;
use crate::settings::{Meter, Settings};

/// Ascent and descent that a glyph's box is given, in thousandths of the font size. Fonts' own figures vary so much
/// (0.7 to 1.2) that equal text in two fonts would get unequal boxes.
const ASCENT: f64 = 800.0;
const DESCENT: f64 = -200.0;

/// A PDF whose structure could be read.
pub struct PdfFile {
    pdf: Pdf,
    page_numbers: HashMap<ObjectIdentifier, u32>,
}

/// Why a PDF cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// It opens only with a password.
    #[error("it is encrypted and needs a password; save a copy without one and try again")]
    Password,
    /// It is encrypted in a way that is not understood.
    #[error("it is encrypted in a way that cannot be read; save a copy without encryption and try again")]
    Encryption,
    /// Its structure is broken beyond repair.
    #[error(
        "its structure is damaged beyond repair; open and save it anew in a PDF program, or ask for a new copy"
    )]
    Damaged,
    /// It holds no pages.
    #[error("it holds no pages")]
    NoPages,
}

/// What unwinds out of the interpreter when a page reaches a limit.
struct LimitReached;

impl PdfFile {
    /// Open a PDF. An empty user password is tried.
    pub fn open(bytes: Arc<Vec<u8>>) -> Result<Self, PdfError> {
        let opened = catch_unwind(AssertUnwindSafe(|| Pdf::new(bytes))).map_err(|_| PdfError::Damaged)?;
        let pdf = opened.map_err(|error| match error {
            LoadPdfError::Decryption(DecryptionError::PasswordProtected) => PdfError::Password,
            LoadPdfError::Decryption(_) => PdfError::Encryption,
            LoadPdfError::Invalid => PdfError::Damaged,
        })?;
        let mut page_numbers = HashMap::new();
        for (number, page) in (1..).zip(pdf.pages().iter()) {
            if let Some(id) = page.raw().obj_id() {
                page_numbers.insert(id, number);
            }
        }
        if pdf.pages().is_empty() { Err(PdfError::NoPages) } else { Ok(Self { pdf, page_numbers }) }
    }

    /// The library's own file, for the renderer.
    pub(super) fn inner(&self) -> &Pdf {
        &self.pdf
    }

    /// How many pages the file holds.
    #[must_use]
    pub fn page_count(&self) -> usize {
        self.pdf.pages().len()
    }

    /// Read every page and hand it to `take`; what that gives is returned in page order. Pages are read on all
    /// threads of the current rayon pool, and no page outlives its call of `take`.
    pub fn map_pages<T: Send>(&self, settings: &Settings, take: impl Fn(Page) -> T + Sync) -> Vec<T> {
        let count = self.page_count();
        let deadline = Instant::now() + settings.time_limit;
        // Fonts are loaded once for each stretch of pages, so stretches are long.
        let stretch = count.div_ceil(rayon::current_num_threads()).max(1);
        let starts: Vec<usize> = (0..count).step_by(stretch).collect();
        let parts: Vec<Vec<T>> = starts
            .into_par_iter()
            .map(|start| {
                let mut reader = PageReader::new(&self.pdf, settings, deadline);
                (start..(start + stretch).min(count)).map(|index| take(reader.read(index))).collect()
            })
            .collect();
        parts.into_iter().flatten().collect()
    }

    /// What the file says of itself.
    #[must_use]
    pub fn metadata(&self) -> Metadata {
        let data = self.pdf.metadata();
        let text = |bytes: &Option<Box<[u8]>>| {
            bytes.as_deref().map(decode_text).map(|t| t.trim().to_owned()).filter(|t| !t.is_empty())
        };
        Metadata {
            title: text(&data.title),
            author: text(&data.author),
            producer: text(&data.producer),
            created: data.creation_date.as_ref().map(|d| {
                let sign = if d.utc_offset_hour < 0 { '-' } else { '+' };
                format!(
                    "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{sign}{:02}:{:02}",
                    d.year,
                    d.month,
                    d.day,
                    d.hour,
                    d.minute,
                    d.second,
                    d.utc_offset_hour.unsigned_abs(),
                    d.utc_offset_minute
                )
            }),
        }
    }

    /// The structure that a tagged file states; empty for an untagged one.
    #[must_use]
    pub fn structure_tree(&self, settings: &Settings) -> StructureTree {
        let root = self.catalog().and_then(|c| c.get::<Dict<'_>>(b"StructTreeRoot".as_slice()));
        root.map(|root| StructureTree::read(&root, &self.page_numbers, settings)).unwrap_or_default()
    }

    /// The file's table of contents, in reading order.
    #[must_use]
    pub fn bookmarks(&self, settings: &Settings) -> Vec<Bookmark> {
        let mut found = Vec::new();
        let Some(outlines) = self.catalog().and_then(|c| c.get::<Dict<'_>>(b"Outlines".as_slice())) else {
            return found;
        };
        let mut open: Vec<(Dict<'_>, u32)> =
            outlines.get::<Dict<'_>>(b"First".as_slice()).map(|d| (d, 1)).into_iter().collect();
        while let Some((entry, level)) = open.pop() {
            if found.len() >= settings.max_bookmarks {
                break;
            }
            let title = entry.get::<hayro_syntax::object::String<'_>>(b"Title".as_slice());
            found.push(Bookmark {
                title: title.map(|t| decode_text(t.as_bytes())).unwrap_or_default(),
                page: self.destination(&entry),
                level,
            });
            open.extend(entry.get::<Dict<'_>>(b"Next".as_slice()).map(|d| (d, level)));
            if level < settings.max_nesting {
                open.extend(entry.get::<Dict<'_>>(b"First".as_slice()).map(|d| (d, level + 1)));
            }
        }
        found
    }

    fn catalog(&self) -> Option<Dict<'_>> {
        let xref = self.pdf.xref();
        xref.get::<Dict<'_>>(xref.root_id())
    }

    fn destination(&self, entry: &Dict<'_>) -> Option<u32> {
        let target = entry.get::<Array<'_>>(b"Dest".as_slice()).or_else(|| {
            let action = entry.get::<Dict<'_>>(b"A".as_slice())?;
            action.get::<Array<'_>>(b"D".as_slice())
        })?;
        match target.raw_iter().next()? {
            hayro_syntax::object::MaybeRef::Ref(r) => {
                self.page_numbers.get(&ObjectIdentifier::new(r.obj_number, r.gen_number)).copied()
            }
            hayro_syntax::object::MaybeRef::NotRef(_) => None,
        }
    }
}

/// Reads pages one after the other, keeping what they share.
struct PageReader<'a> {
    pdf: &'a Pdf,
    cache: InterpreterCache<'a>,
    interpreter: InterpreterSettings,
    fonts: FontBook<'a>,
    max_glyphs: usize,
    deadline: Instant,
    /// What character recognition takes is not on the file's time.
    meter: Meter,
}

impl<'a> PageReader<'a> {
    fn new(pdf: &'a Pdf, settings: &Settings, deadline: Instant) -> Self {
        Self {
            pdf,
            cache: InterpreterCache::new(),
            interpreter: InterpreterSettings::default(),
            fonts: FontBook::default(),
            max_glyphs: settings.max_glyphs_per_page,
            deadline,
            meter: settings.ocr.as_ref().map(|ocr| ocr.meter.clone()).unwrap_or_default(),
        }
    }

    fn read(&mut self, index: usize) -> Page {
        let Some(page) = self.pdf.pages().get(index) else { return Page::default() };
        let (width, height) = page.render_dimensions();
        self.fonts.open_page(page.resources());
        let mut device =
            PageDevice::new(&mut self.fonts, self.max_glyphs, self.deadline + self.meter.spent());
        let transform = Affine::new(page.initial_transform(true).as_coeffs().map(f64::from));
        let bounds = KRect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut context = Context::new(transform, bounds, &self.cache, page.xref(), self.interpreter.clone());
        let done = catch_unwind(AssertUnwindSafe(|| interpret_page(page, &mut context, &mut device)));
        let cut_off = done.is_err();
        let mut found = device.page;
        found.number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        found.width = width;
        found.height = height;
        found.rotation = match page.rotation() {
            hayro_syntax::page::Rotation::None => 0,
            hayro_syntax::page::Rotation::Horizontal => 90,
            hayro_syntax::page::Rotation::Flipped => 180,
            hayro_syntax::page::Rotation::FlippedHorizontal => 270,
        };
        found.cut_off = cut_off;
        found.fonts = self.fonts.fonts.clone();
        let page_box = Rect::new(0.0, 0.0, width, height).grown(1.0);
        found.glyphs.retain(|g| page_box.contains(g.bbox.center()));
        found.rulings.retain(|r| page_box.intersects(&r.bbox.grown(0.1)));
        found
    }
}

/// Finds the font of a run of glyphs. The interpreter does not say which of the page's font dictionaries it is. A glyph
/// of an embedded TrueType or composite font tells its font's name, which is enough where dictionaries of that name say
/// the same. Otherwise each dictionary is asked which glyph it has for the character code; that takes loading all of
/// the fonts a second time.
#[derive(Default)]
struct FontBook<'a> {
    cache: FontCache<'a>,
    fonts: Vec<Font>,
    by_font: HashMap<Font, u16>,
    of_glyph: FxHashMap<u128, u16>,
    /// The number of all fonts of a name, unless they differ.
    of_name: HashMap<String, Option<u16>>,
    unloaded: Vec<(Dict<'a>, u16)>,
    loaded: Vec<LoadedFont<'a>>,
    seen: FxHashSet<u128>,
    open: Vec<Dict<'a>>,
}

struct LoadedFont<'a> {
    font: hayro_font::Font<'a>,
    /// Whether its character codes may be larger than a byte.
    composite: bool,
    number: u16,
}

impl<'a> FontBook<'a> {
    fn open_page(&mut self, resources: &Resources<'a>) {
        if self.fonts.is_empty() {
            self.fonts.push(Font::default());
        }
        self.open.push(resources.fonts.clone());
        self.open.extend(forms(&resources.x_objects, 0));
    }

    fn find(&mut self, glyph: &hayro_interpret::font::OutlineGlyph) -> u16 {
        let key = glyph.identifier().cache_key();
        if let Some(found) = self.of_glyph.get(&key) {
            return *found;
        }
        self.name_fonts();
        let found = self.by_name(glyph).unwrap_or_else(|| self.by_glyph(glyph, key));
        self.of_glyph.insert(key, found);
        found
    }

    fn by_name(&self, glyph: &hayro_interpret::font::OutlineGlyph) -> Option<u16> {
        let name = glyph.font_data()?.postscript_name?;
        self.of_name.get(&name).copied().flatten()
    }

    fn by_glyph(&mut self, glyph: &hayro_interpret::font::OutlineGlyph, key: u128) -> u16 {
        self.load_fonts();
        let code = glyph.char_code();
        let found = self.loaded.iter().rev().filter(|f| f.composite || code <= 255).find_map(|loaded| {
            match loaded.font.glyph(loaded.font.map_code(code), code) {
                hayro_font::FontGlyph::Outline(own) => (own.identifier().cache_key() == key
                    && own.advance_width() == glyph.advance_width())
                .then_some(loaded.number),
                hayro_font::FontGlyph::Type3(_) => None,
            }
        });
        found.unwrap_or(0)
    }

    fn name_fonts(&mut self) {
        for dict in std::mem::take(&mut self.open) {
            for name in dict.keys() {
                let Some(font) = dict.get::<Dict<'a>>(name.as_ref()) else { continue };
                if !self.seen.insert(hayro_interpret::CacheKey::cache_key(&font)) {
                    continue;
                }
                let described = describe(&font);
                let name = described.name.clone();
                let number = self.number(described);
                self.of_name
                    .entry(name)
                    .and_modify(|found| *found = found.filter(|found| *found == number))
                    .or_insert(Some(number));
                self.unloaded.push((font, number));
            }
        }
    }

    fn load_fonts(&mut self) {
        let settings = InterpreterSettings::default();
        for (dict, number) in std::mem::take(&mut self.unloaded) {
            let composite = dict.contains_key(b"DescendantFonts".as_slice());
            let font = self.cache.font(&dict, &settings.font_resolver, &settings.cmap_resolver);
            self.loaded.extend(font.map(|font| LoadedFont { font, composite, number }));
        }
    }

    fn number(&mut self, font: Font) -> u16 {
        if let Some(id) = self.by_font.get(&font) {
            return *id;
        }
        let id = u16::try_from(self.fonts.len()).unwrap_or(0);
        self.fonts.push(font.clone());
        self.by_font.insert(font, id);
        id
    }
}

/// The font dictionaries of the form XObjects that a page draws.
fn forms<'a>(x_objects: &Dict<'a>, depth: u32) -> Vec<Dict<'a>> {
    let mut found = Vec::new();
    if depth > 3 {
        return found;
    }
    for name in x_objects.keys().take(200) {
        let Some(stream) = x_objects.get::<hayro_syntax::object::Stream<'a>>(name.as_ref()) else { continue };
        let Some(resources) = stream.dict().get::<Dict<'a>>(keys::RESOURCES) else { continue };
        found.extend(resources.get::<Dict<'a>>(keys::FONT));
        if let Some(inner) = resources.get::<Dict<'a>>(keys::XOBJECT) {
            found.extend(forms(&inner, depth + 1));
        }
    }
    found
}

fn describe(font: &Dict<'_>) -> Font {
    let descendant = font
        .get::<Array<'_>>(b"DescendantFonts".as_slice())
        .and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let descriptor = font
        .get::<Dict<'_>>(b"FontDescriptor".as_slice())
        .or_else(|| descendant.and_then(|d| d.get::<Dict<'_>>(b"FontDescriptor".as_slice())));
    let name =
        font.get::<Name<'_>>(b"BaseFont".as_slice()).map(|n| n.as_str().to_owned()).unwrap_or_default();
    let name = match name.split_once('+') {
        Some((prefix, rest)) if prefix.len() == 6 => rest.to_owned(),
        _ => name,
    };
    let flags = descriptor.as_ref().and_then(|d| d.get::<i32>(b"Flags".as_slice())).unwrap_or(0);
    let weight = descriptor.as_ref().and_then(|d| d.get::<i32>(b"FontWeight".as_slice())).unwrap_or(0);
    let lower = name.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|w| lower.contains(w));
    Font {
        bold: says(&["bold", "black", "heavy", "semibold", "demi"])
            || weight >= 600
            || flags & (1 << 18) != 0,
        italic: says(&["italic", "oblique"]) || flags & (1 << 6) != 0,
        name,
    }
}

/// Takes down what the interpreter draws.
struct PageDevice<'b, 'a> {
    page: Page,
    fonts: &'b mut FontBook<'a>,
    clips: Vec<Rect>,
    marks: Vec<Mark>,
    max_glyphs: usize,
    deadline: Instant,
    drawn: u64,
}

/// An open marked-content sequence.
struct Mark {
    mcid: Option<u32>,
    artifact: bool,
    actual_text: Option<String>,
    first_glyph: usize,
}

impl<'b, 'a> PageDevice<'b, 'a> {
    fn new(fonts: &'b mut FontBook<'a>, max_glyphs: usize, deadline: Instant) -> Self {
        let (clips, marks) = (Vec::new(), Vec::new());
        Self { page: Page::default(), fonts, clips, marks, max_glyphs, deadline, drawn: 0 }
    }

    /// The interpreter cannot be told to stop, so a page that reaches a limit unwinds out of it; what was taken down
    /// until then is kept.
    fn check_limits(&mut self) {
        self.drawn += 1;
        let late = self.drawn.is_multiple_of(512) && Instant::now() > self.deadline;
        let too_much = self.page.glyphs.len() > self.max_glyphs
            || self.page.rulings.len() + self.page.fills.len() + self.page.images.len() > self.max_glyphs
            || self.drawn > 20 * self.max_glyphs as u64;
        if late || too_much {
            resume_unwind(Box::new(LimitReached));
        }
    }

    fn clipped(&self, bbox: Rect) -> Option<Rect> {
        let Some(clip) = self.clips.last() else { return Some(bbox) };
        let cut = Rect {
            x0: bbox.x0.max(clip.x0),
            y0: bbox.y0.max(clip.y0),
            x1: bbox.x1.min(clip.x1),
            y1: bbox.y1.min(clip.y1),
        };
        (cut.x0 <= cut.x1 && cut.y0 <= cut.y1).then_some(cut)
    }

    fn add_stroke(&mut self, path: &BezPath, width: f32, color: u32) {
        let half = (width / 2.0).max(0.05);
        for segment in path.segments() {
            let kurbo::PathSeg::Line(line) = segment else { continue };
            let (a, b) = (point(line.p0), point(line.p1));
            let (dx, dy) = ((a.x - b.x).abs(), (a.y - b.y).abs());
            // A dot is no line, and neither is a slanted stroke.
            if dx.max(dy) < 0.5 || dx.min(dy) > 0.7 {
                continue;
            }
            let bbox = if dx >= dy {
                let y = (a.y + b.y) / 2.0;
                Rect::new(a.x, y - half, b.x, y + half)
            } else {
                let x = (a.x + b.x) / 2.0;
                Rect::new(x - half, a.y, x + half, b.y)
            };
            if let Some(bbox) = self.clipped(bbox) {
                self.page.rulings.push(Ruling { bbox, color });
            }
        }
    }

    fn add_fill(&mut self, bbox: Rect, color: u32) {
        let Some(bbox) = self.clipped(bbox) else { return };
        let (thin, long) = (bbox.width().min(bbox.height()), bbox.width().max(bbox.height()));
        if thin <= 2.5 && long > 2.0 * thin {
            self.page.rulings.push(Ruling { bbox, color });
        } else if thin > 0.5 {
            self.page.fills.push(Fill { bbox, color });
        }
    }

    fn add_drawing(&mut self, path: &BezPath, bbox: Rect, color: u32) {
        self.page.curves += 1;
        let Some(bbox) = self.clipped(bbox) else { return };
        let mut hasher = DefaultHasher::new();
        color.hash(&mut hasher);
        for element in path.elements() {
            if let Some(p) = element.end_point() {
                // Where it stands does not matter, and neither do hundredths of a point.
                #[allow(clippy::cast_possible_truncation)]
                let place = |v: f64, from: f32| ((v - f64::from(from)) * 10.0).round() as i64;
                (place(p.x, bbox.x0), place(p.y, bbox.y0)).hash(&mut hasher);
            }
        }
        self.page.images.push(Image { bbox, digest: hasher.finish(), drawn: true });
    }

    fn apply_actual_text(&mut self, mark: &Mark) {
        let Some(text) = &mark.actual_text else { return };
        let glyphs = &mut self.page.glyphs;
        let first = mark.first_glyph.min(glyphs.len());
        let drawn = &glyphs[first..];
        let (Some(start), Some(bbox)) = (drawn.first().copied(), Rect::around(drawn.iter().map(|g| g.bbox)))
        else {
            return;
        };
        let characters: Vec<char> = text.chars().collect();
        if characters.len() == drawn.len() {
            for (glyph, ch) in glyphs[first..].iter_mut().zip(characters) {
                glyph.ch = ch;
            }
            return;
        }
        // A replacement for a stretch over several lines says nothing about where its characters stand, and a longer
        // one is a description rather than a spelling: the glyphs are kept as drawn.
        let one_line = bbox.height() <= start.size * 1.6 || start.turn != Turn::None;
        if !one_line || characters.len() > drawn.len() * 4 + 2 {
            return;
        }
        glyphs.truncate(first);
        push_shared(glyphs, start, bbox, &characters);
    }
}

/// Let several characters share one box, each with an equal part of its width.
fn push_shared(glyphs: &mut Vec<Glyph>, like: Glyph, bbox: Rect, characters: &[char]) {
    #[allow(clippy::cast_precision_loss)] // a handful of characters
    let part = bbox.width() / characters.len().max(1) as f32;
    let mut x = bbox.x0;
    for ch in characters {
        let bbox = Rect { x0: x, x1: x + part, ..bbox };
        glyphs.push(Glyph { ch: *ch, bbox, origin: Point { x, y: like.origin.y }, ..like });
        x += part;
    }
}

impl<'a> Device<'a> for PageDevice<'_, 'a> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.check_limits();
        let color = paint(&props.paint);
        let path = props.transform * path.clone();
        let scale = f64::from(scale_of(props.transform));
        if let DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) = mode {
            #[allow(clippy::cast_possible_truncation)]
            self.add_stroke(&path, (f64::from(stroke.line_width) * scale) as f32, color);
        }
        if matches!(mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..)) {
            for sub in sub_paths(&path) {
                let bbox = rect(sub.bounding_box());
                if is_rectangle(&sub) {
                    self.add_fill(bbox, color)
                } else {
                    self.add_drawing(&sub, bbox, color)
                }
            }
        } else if path.elements().iter().any(|e| matches!(e, PathEl::CurveTo(..) | PathEl::QuadTo(..))) {
            let bbox = rect(path.bounding_box());
            self.add_drawing(&path, bbox, color);
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        // Text that is filled and stroked is drawn twice.
        if matches!(mode, DrawMode::Stroke(_))
            && self.page.glyphs.last().is_some_and(|last| {
                let first =
                    run.glyphs().last().map(|g| point(props.transform * g.transform() * KPoint::ZERO));
                first
                    .is_some_and(|f| (f.x - last.origin.x).abs() < 0.05 && (f.y - last.origin.y).abs() < 0.05)
            })
        {
            return;
        }
        let font = run.glyphs().iter().find_map(|g| match &**g {
            HayroGlyph::Outline(outline) => Some(self.fonts.find(outline)),
            HayroGlyph::Type3(_) => None,
        });
        let mcid = self.marks.iter().rev().find_map(|m| m.mcid);
        let artifact = self.marks.iter().any(|m| m.artifact);
        let color = paint(&props.paint);
        let invisible = matches!(mode, DrawMode::Invisible);
        // How much wider than high the run's glyphs are as a rule, once a glyph asks.
        let mut usual = None;
        for glyph in run.glyphs() {
            self.check_limits();
            let t = props.transform * glyph.transform();
            let advance = match &**glyph {
                HayroGlyph::Outline(outline) => outline.advance_width(),
                HayroGlyph::Type3(drawn) => drawn.advance_width(),
            };
            let advance = f64::from(advance.unwrap_or(500.0));
            let [a, b, c, d, _, _] = t.as_coeffs();
            let (across, up) = (length(a, b), length(c, d));
            // The interpreter stretches the outlines of a substitute font to the widths that the file states; the
            // advance must not be stretched as well. A stretch shows as a difference from the run's other glyphs.
            let stretch = if across > 0.0 && (across / up - 1.0).abs() > 0.005 {
                let plain = run.glyphs().iter().map(|g| {
                    let [a, b, c, d, _, _] = (props.transform * g.transform()).as_coeffs();
                    length(a, b) / length(c, d)
                });
                let is_plain = |r: f64| (r - 1.0).abs() < 0.005;
                let usual = usual
                    .get_or_insert_with(|| if plain.clone().any(is_plain) { 1.0 } else { median(plain) });
                across / up / *usual
            } else {
                1.0
            };
            let advance = advance / stretch.max(1e-3);
            let ends = [(0.0, DESCENT), (advance, DESCENT), (0.0, ASCENT), (advance, ASCENT)];
            let corners = ends.map(|(x, y)| point(t * KPoint::new(x, y)));
            let bbox = Rect::around(corners.iter().map(|p| Rect { x0: p.x, y0: p.y, x1: p.x, y1: p.y }));
            let Some(bbox) = bbox else { continue };
            if !(bbox.x0.is_finite() && bbox.y0.is_finite() && bbox.x1.is_finite() && bbox.y1.is_finite()) {
                continue;
            }
            #[allow(clippy::cast_possible_truncation)]
            let glyph_out = Glyph {
                ch: char::REPLACEMENT_CHARACTER,
                bbox,
                origin: point(t * KPoint::ZERO),
                size: (up * 1000.0) as f32,
                font: font.unwrap_or(0),
                turn: turn_of(a / across, b / across),
                invisible,
                artifact,
                mcid,
                color,
            };
            match glyph.as_unicode() {
                Some(BfString::Char(ch)) => push_character(&mut self.page.glyphs, glyph_out, ch),
                Some(BfString::String(text)) => {
                    let characters: Vec<char> = text.chars().filter(|c| *c != '\0').collect();
                    match characters.as_slice() {
                        [] => self.page.glyphs.push(glyph_out),
                        [one] => push_character(&mut self.page.glyphs, glyph_out, *one),
                        many => push_shared(&mut self.page.glyphs, glyph_out, bbox, many),
                    }
                }
                None => self.page.glyphs.push(glyph_out),
            }
        }
    }

    fn draw_image(&mut self, image: HayroImage<'a, '_>, props: ImageDrawProps<'a>) {
        self.check_limits();
        let bbox = props.transform.transform_rect_bbox(KRect::new(
            0.0,
            0.0,
            f64::from(image.width()),
            f64::from(image.height()),
        ));
        let Some(bbox) = self.clipped(rect(bbox)) else { return };
        let stream = match &image {
            HayroImage::Stencil(s) => s.stream(),
            HayroImage::Raster(r) => r.stream(),
        };
        let mut hasher = DefaultHasher::new();
        let data = stream.raw_data();
        data.len().hash(&mut hasher);
        data[..data.len().min(1 << 16)].hash(&mut hasher);
        self.page.images.push(Image { bbox, digest: hasher.finish(), drawn: false });
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.check_limits();
        let bbox = rect(clip.path.bounding_box());
        let cut = self.clipped(bbox).unwrap_or(Rect { x0: 0.0, y0: 0.0, x1: -1.0, y1: -1.0 });
        self.clips.push(cut);
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.check_limits();
    }

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        self.check_limits();
        let mcid = properties.and_then(|p| p.get::<u32>(b"MCID".as_slice()));
        let actual_text = properties
            .and_then(|p| p.get::<hayro_syntax::object::String<'_>>(b"ActualText".as_slice()))
            .map(|s| decode_text(s.as_bytes()));
        self.marks.push(Mark {
            mcid,
            artifact: tag == b"Artifact",
            actual_text,
            first_glyph: self.page.glyphs.len(),
        });
    }

    fn end_marked_content(&mut self) {
        if let Some(mark) = self.marks.pop() {
            self.apply_actual_text(&mark);
        }
    }
}

/// Add a character, a ligature's letters one by one. Files that map a ligature to U+0000 do not say what it is.
fn push_character(glyphs: &mut Vec<Glyph>, glyph: Glyph, ch: char) {
    let letters: &[char] = match ch {
        '\u{FB00}' => &['f', 'f'],
        '\u{FB01}' => &['f', 'i'],
        '\u{FB02}' => &['f', 'l'],
        '\u{FB03}' => &['f', 'f', 'i'],
        '\u{FB04}' => &['f', 'f', 'l'],
        '\u{FB05}' | '\u{FB06}' => &['s', 't'],
        '\0' => &['\u{FFFD}'],
        _ => return glyphs.push(Glyph { ch, ..glyph }),
    };
    push_shared(glyphs, glyph, glyph.bbox, letters);
}

/// Text strings outside the pages: UTF-16 or UTF-8 with a byte order mark, otherwise nearly Latin-1.
pub(super) fn decode_text(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

fn sub_paths(path: &BezPath) -> Vec<BezPath> {
    let mut found: Vec<BezPath> = Vec::new();
    for element in path.elements() {
        match (element, found.last_mut()) {
            (PathEl::MoveTo(_), _) | (_, None) => found.push(BezPath::from_vec(vec![match element {
                PathEl::MoveTo(_) => *element,
                other => PathEl::MoveTo(other.end_point().unwrap_or_default()),
            }])),
            (_, Some(last)) => last.push(*element),
        }
    }
    found.retain(|p| p.elements().len() > 1);
    found
}

/// Whether all of the path's corners lie on the edges of its box and all its sides are upright or level.
fn is_rectangle(path: &BezPath) -> bool {
    let elements = path.elements();
    if elements.len() > 7 || elements.iter().any(|e| matches!(e, PathEl::CurveTo(..) | PathEl::QuadTo(..))) {
        return false;
    }
    path.segments().all(|segment| match segment {
        kurbo::PathSeg::Line(l) => (l.p0.x - l.p1.x).abs() < 0.3 || (l.p0.y - l.p1.y).abs() < 0.3,
        _ => false,
    })
}

/// The length of a glyph's side. A page's coordinates are far from where squares overflow.
fn length(x: f64, y: f64) -> f64 {
    (x * x + y * y).sqrt()
}

/// How text is turned whose baseline runs in a direction of length 1.
fn turn_of(x: f64, y: f64) -> Turn {
    match (x, y) {
        (x, _) if x > 0.995 => Turn::None,
        (x, _) if x < -0.995 => Turn::Half,
        (_, y) if y > 0.995 => Turn::Quarter,
        (_, y) if y < -0.995 => Turn::ThreeQuarters,
        _ => Turn::Slanted,
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.filter(|v| v.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(1.0)
}

fn scale_of(t: Affine) -> f32 {
    #[allow(clippy::cast_possible_truncation)]
    let scale = t.determinant().abs().sqrt() as f32;
    scale
}

fn paint(paint: &Paint<'_>) -> u32 {
    match paint {
        Paint::Color(color) => {
            let [r, g, b, _] = color.to_rgba().to_rgba8();
            u32::from(r) << 16 | u32::from(g) << 8 | u32::from(b)
        }
        Paint::Pattern(_) => 0x80_80_80,
    }
}

#[allow(clippy::cast_possible_truncation)] // a page's coordinates fit
fn point(p: KPoint) -> Point {
    Point { x: p.x as f32, y: p.y as f32 }
}

#[allow(clippy::cast_possible_truncation)]
fn rect(r: KRect) -> Rect {
    Rect::new(r.x0 as f32, r.y0 as f32, r.x1 as f32, r.y1 as f32)
}

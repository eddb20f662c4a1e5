//! Tables: which cells, and how sure?
//!
//! In go a page's words, rulings, shaded areas and pictures, out come its tables as cells that point to the words.
//! Drawn grids are read by their lines, everything else by how words are aligned; witnesses then say whether the
//! reading can be relied on. What the cells mean is left to the records.

mod aligned;
mod certainty;
mod charts;
mod columns;
mod drawn_text;
mod edges;
mod frames;
mod grid;
mod gutters;
mod headings;
mod kind;
mod open_headings;
mod over_pages;
mod pictures;
mod regions;
mod remarks;
mod rows;
mod ruled;
mod ruled_headings;
mod segments;
mod side_by_side;
mod split_grids;
mod stacks;
mod text;
mod walled_headings;
mod words_only;

#[cfg(test)]
mod cases;
#[cfg(test)]
mod drawing;
#[cfg(test)]
mod properties;

pub use grid::{Grid, GridCell};
pub use over_pages::{JoinedTable, PlacedTable, join_pages, place};
pub use text::{TextTable, find_in_text};

use crate::geometry::{Point, Rect};
use crate::layout::{PageMark, PageWords};
use crate::records::table::Certainty;
use crate::settings::Settings;
use edges::{Edge, Edges};
use kind::Kind;
use ruled::RuledGrid;

/// Largest distance from a shaded grid to a row beside it, in parts of the font size.
const NEXT_ROW: f32 = 1.2;

/// Most rows of headings that are drawn by themselves, and fewest of their columns.
const MOST_DRAWN_HEADINGS: usize = 3;
const FEWEST_WALLED: usize = 3;

/// Below this part of a page, columns without lines are the addresses of its footer.
const FOOTER: f32 = 0.9;

/// Above this part of a page, a line that counts the pages belongs to no table.
const TOP: f32 = 0.08;
/// Above this part of a page stands its head.
const HEAD: f32 = 0.16;
/// Most rows of a page's head.
const MOST_HEAD_ROWS: usize = 6;

/// A table as it stands on one page.
#[derive(Clone, Debug, PartialEq)]
pub struct PageTable {
    /// Its box, in the page's reading frame.
    pub bbox: Rect,
    /// Its cells.
    pub grid: Grid,
    /// How many rows at the top are headings.
    pub header_rows: usize,
    /// Whether the cells can be relied on.
    pub certainty: Certainty,
    /// Why not, or what to look at.
    pub doubts: Vec<Doubt>,
    /// The words of its caption, in reading order; empty when it has none. Captions are told by their words
    /// ("Tabell 3"), which this stage does not know: it leaves them to whoever does.
    pub caption: Vec<usize>,
    /// Whether its cells are drawn with lines.
    pub ruled: bool,
}

/// Why a table is uncertain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// Rows or columns were guessed where lines and spacing are silent.
    Guessed,
    /// Figures stand across a gutter, or words across a line.
    Crossing,
    /// Lines do not make rectangles.
    Rulings,
    /// A cell seems to hold two figures.
    TwoFigures,
    /// Figures of a column are not aligned.
    Alignment,
    /// A column holds figures and words.
    Mixed,
    /// A column of figures has no heading while others have one.
    Heading,
    /// Rows of figures have no label.
    Labels,
}

impl Doubt {
    /// What is in doubt, for people.
    #[must_use]
    pub fn why(self) -> &'static str {
        match self {
            Self::Guessed => "rows were guessed",
            Self::Crossing => "text stands across columns",
            Self::Rulings => "lines make no rectangles",
            Self::TwoFigures => "a cell seems to hold two figures",
            Self::Alignment => "figures of a column are not aligned",
            Self::Mixed => "a column holds figures and words",
            Self::Heading => "a column of figures has no heading of its own",
            Self::Labels => "rows of figures have no label",
        }
    }
}

impl PageTable {
    /// Indices of the words that stand in its cells or its caption.
    pub fn words(&self) -> impl Iterator<Item = usize> + '_ {
        self.grid.cells.iter().flat_map(|c| c.words.iter().copied()).chain(self.caption.iter().copied())
    }
}

/// Find the tables of a page, from top to bottom.
#[must_use]
pub fn find(page: &PageWords, _settings: &Settings) -> Vec<PageTable> {
    let edges = edges::collect(page);
    let mut used = vec![false; page.words.len()];
    let mut tables = Vec::new();
    let drawn = split_grids::join(ruled::find(&edges), &page.words).into_iter().map(|g| (g, false));
    // Shaded cells that meet make a grid as lines do.
    let shaded = ruled::find(&edges.of_shades()).into_iter().map(|g| (g, true));
    let lines = free_lines(page, &used);
    for (grid, shaded) in drawn.chain(shaded) {
        if shaded && goes_on_beside(&grid, &lines) {
            continue;
        }
        let grid = walled_headings::take_in(grid, &edges, page, &used);
        let grid = open_headings::take_in(grid, &page.words, &used);
        if let Some(table) = read_ruled(&grid, page, &edges, &used) {
            for cell in &table.grid.cells {
                cell.words.iter().for_each(|w| used[*w] = true);
            }
            tables.push(table);
        }
    }
    tables.retain(|t: &PageTable| !charts::is_chart(&t.grid, &page.words));
    let lines = free_lines(page, &used);
    let edges = &edges.with_walls(walls_below(&tables, &lines, page));
    for region in stacks::find(edges, &lines, &page.words) {
        if region.words.iter().any(|w| used[*w]) {
            continue;
        }
        let found = read_aligned(&region.words, page, edges, true, None);
        for cell in found.iter().flat_map(|t| &t.grid.cells) {
            cell.words.iter().for_each(|w| used[*w] = true);
        }
        tables.extend(found);
    }
    for frame in frames::find(edges, &page.words, &used) {
        let found = read_aligned(&frame.words, page, edges, true, Some(frame.headings_end));
        for cell in found.iter().flat_map(|t| &t.grid.cells) {
            cell.words.iter().for_each(|w| used[*w] = true);
        }
        tables.extend(found);
    }
    let lines = free_lines(page, &used);
    for region in regions::find(&lines, &page.words, edges) {
        tables.extend(read_aligned(&region.words, page, edges, false, None));
    }
    tables.retain(|t| !is_drawing(t) && !is_page_head(t, page));
    tables.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0).then(a.bbox.x0.total_cmp(&b.bbox.x0)));
    tables
}

/// The upright lines of drawn headings, drawn on through the rows that stand right below them without lines of their own.
fn walls_below(tables: &[PageTable], lines: &[segments::TextLine], page: &PageWords) -> Vec<Edge> {
    let mut walls = Vec::new();
    for table in tables.iter().filter(|table| table.ruled && is_all_headings(table, page)) {
        let b = table.bbox;
        let mut end = b.y1;
        for line in lines.iter().filter(|line| line.bbox.center().y > b.y1) {
            let inside = line.bbox.x0 >= b.x0 - 2.0 && line.bbox.x1 <= b.x1 + 2.0;
            if !inside || line.bbox.y0 - end > NEXT_ROW * line.size {
                break;
            }
            end = line.bbox.y1;
        }
        let last = table.grid.cells.iter().filter(|cell| cell.row + cell.row_span == table.grid.rows);
        let starts = last.filter(|cell| cell.column > 0).map(|cell| cell.bbox.x0);
        walls.extend(starts.map(|at| Edge { at, from: b.y1, to: end }).filter(|wall| wall.to > wall.from));
    }
    walls
}

/// Whether a table is drawn headings and nothing else: a few rows of words.
fn is_all_headings(table: &PageTable, page: &PageWords) -> bool {
    let texts = |cell: &GridCell| kind::kind_of(cell.words.iter().map(|w| page.words[*w].text.as_str()));
    table.grid.rows <= MOST_DRAWN_HEADINGS
        && table.grid.columns >= FEWEST_WALLED
        && table.grid.cells.iter().all(|cell| !matches!(texts(cell), Kind::Figure | Kind::Missing))
}

/// Whether lines of several segments stand just above or below a shaded grid: only the heading, or every second row,
/// is shaded.
fn goes_on_beside(grid: &RuledGrid, lines: &[segments::TextLine]) -> bool {
    let b = grid.bbox();
    lines.iter().any(|line| {
        let below = line.bbox.center().y > b.y1 && line.bbox.y0 - b.y1 < NEXT_ROW * line.size;
        let above = line.bbox.center().y < b.y0 && b.y0 - line.bbox.y1 < NEXT_ROW * line.size;
        let inside = line.bbox.x0 >= b.x0 - 2.0 && line.bbox.x1 <= b.x1 + 2.0;
        (below || above) && inside && line.segments.len() >= 2
    })
}

/// The lines of the words that no table uses yet.
fn free_lines(page: &PageWords, used: &[bool]) -> Vec<segments::TextLine> {
    let free = (0..page.words.len()).filter(|w| !used[*w]);
    let mut lines = segments::gather(free, &page.words, &|_, _, _| false);
    lines.retain(|l| l.segments.len() <= aligned::MOST_SEGMENTS && !bears_page_mark(l, page));
    lines
}

/// Whether a table is the head of the page: a few rows at its top with the page's own mark among their cells, "1 (3)".
fn is_page_head(table: &PageTable, page: &PageWords) -> bool {
    let marks =
        |cell: &GridCell| PageMark::find(&cell.text(&page.words)).is_some_and(|mark| mark.of.is_some());
    table.bbox.y1 < HEAD * page.height
        && table.grid.rows <= MOST_HEAD_ROWS
        && table.grid.cells.iter().any(marks)
}

/// Whether a line at the page's foot or top ends in the page's own mark: "2 (5)".
fn bears_page_mark(line: &segments::TextLine, page: &PageWords) -> bool {
    if line.bbox.y0 <= FOOTER * page.height && line.bbox.y1 >= TOP * page.height {
        return false;
    }
    let ends: String = line.segments.last().map_or_else(String::new, |last| {
        last.words.iter().map(|w| page.words[*w].text.as_str()).collect::<Vec<_>>().join(" ")
    });
    PageMark::whole(&ends).is_some_and(|mark| mark.of.is_some())
}

/// Fill a drawn grid with words; `None` where it is no table.
fn read_ruled(grid: &RuledGrid, page: &PageWords, edges: &Edges, used: &[bool]) -> Option<PageTable> {
    let bbox = grid.bbox();
    let (rows, columns) = (grid.ys.len() - 1, grid.xs.len() - 1);
    let mut owner = vec![0_usize; rows * columns];
    for (at, cell) in grid.cells.iter().enumerate() {
        for r in cell.0..cell.0 + cell.2 {
            for c in cell.1..cell.1 + cell.3 {
                owner[r * columns + c] = at;
            }
        }
    }
    let place = |p: Point| {
        let row = grid.ys.partition_point(|y| *y <= p.y).checked_sub(1).filter(|r| *r < rows)?;
        let column = grid.xs.partition_point(|x| *x <= p.x).checked_sub(1).filter(|c| *c < columns)?;
        Some(owner[row * columns + column])
    };
    let mut words: Vec<Vec<usize>> = vec![Vec::new(); grid.cells.len()];
    let mut inside = Vec::new();
    for (at, word) in page.words.iter().enumerate() {
        if used[at] {
            continue;
        }
        if let Some(cell) = place(word.bbox.center()) {
            words[cell].push(at);
            inside.push(at);
        }
    }
    let mut images: Vec<Option<u64>> = vec![None; grid.cells.len()];
    for image in &page.images {
        if let Some(cell) = place(image.bbox.center()) {
            let (r, c, rs, cs) = grid.cells[cell];
            let b = grid.cell_box(r, c, rs, cs);
            if image.bbox.width() <= b.width() + 2.0 && image.bbox.height() <= b.height() + 2.0 {
                images[cell] = images[cell].or(Some(image.digest));
            }
        }
    }
    let filled = words.iter().filter(|w| !w.is_empty()).count();
    if filled < 2 || rows * columns < 2 {
        return None;
    }
    if under_cut(grid, &words, page) {
        let (level, upright) = inside_edges(edges, bbox, false);
        let reading = aligned::read(&inside, &page.words, &level, &upright, grid.headings_end)?;
        return Some(judge(reading, bbox, page, true));
    }
    if columns < 2 || rows < 2 {
        return None;
    }
    let cells = grid.cells.iter().zip(words).zip(images).map(|((c, words), image)| {
        let mut bbox = grid.cell_box(c.0, c.1, c.2, c.3);
        words.iter().for_each(|w| bbox = bbox.union(&page.words[*w].bbox));
        let words = segments::gather(words, &page.words, &|_, _, _| false)
            .iter()
            .flat_map(|l| l.words().collect::<Vec<_>>())
            .collect();
        GridCell { row: c.0, column: c.1, row_span: c.2, col_span: c.3, words, bbox, image }
    });
    let read = Grid::from_cells(rows, columns, cells.collect(), |r, c| grid.cell_box(r, c, 1, 1))
        .without_blank_lines()
        .without_slivers();
    if read.columns < 2 || read.rows < 2 {
        return None;
    }
    let header_rows = ruled_headings::count(&read, &page.words);
    let mut doubts = certainty::doubts(&read, header_rows, &page.words, true);
    if !grid.clean {
        doubts.push(Doubt::Rulings);
    }
    Some(table(read, header_rows, bbox, doubts, true))
}

/// Whether drawn cells hold several rows or columns of figures: the lines part only some of them.
fn under_cut(grid: &RuledGrid, words: &[Vec<usize>], page: &PageWords) -> bool {
    let mut crowded = 0;
    let mut filled = 0;
    for (_, words) in grid.cells.iter().zip(words) {
        if words.is_empty() {
            continue;
        }
        filled += 1;
        let lines = segments::gather(words.iter().copied(), &page.words, &|_, _, _| false);
        let figures = |l: &segments::TextLine| l.segments.iter().filter(|s| s.kind.is_figure()).count();
        let stacked = lines.iter().filter(|l| l.segments.len() == 1 && figures(l) == 1).count() >= 2;
        let beside = lines.iter().any(|l| figures(l) >= 2);
        // Rows and columns of figures in one cell: it is the body of a table, and only what is around it is drawn.
        if lines.iter().filter(|l| figures(l) >= 2).count() >= 2
            || lines.iter().filter(|l| figures(l) >= 1 && l.segments.len() >= 2).count() >= 3
        {
            return true;
        }
        if stacked || beside {
            crowded += 1;
        }
    }
    crowded * 12 >= filled.max(1)
}

/// How much of a table's width a shaded area covers that is a row of it.
const WHOLE_ROW: f32 = 0.98;

/// The edges in and around a box; rims of shaded areas count as level edges of rows.
fn inside_edges(edges: &Edges, bbox: Rect, rims: bool) -> (Vec<Edge>, Vec<Edge>) {
    let near =
        |e: &&Edge| e.at >= bbox.y0 - 4.0 && e.at <= bbox.y1 + 4.0 && e.to > bbox.x0 && e.from < bbox.x1;
    let mut level: Vec<Edge> = edges.level.iter().filter(near).copied().collect();
    // A shade across the whole table is a row's, however the rows are parted.
    let is_row = |e: &&Edge| rims || e.covers(bbox.x0, bbox.x1) >= WHOLE_ROW;
    level.extend(edges.soft_level.iter().filter(near).filter(is_row));
    level.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let beside =
        |e: &&Edge| e.at >= bbox.x0 - 4.0 && e.at <= bbox.x1 + 4.0 && e.to > bbox.y0 && e.from < bbox.y1;
    let mut upright: Vec<Edge> = edges.upright.iter().filter(beside).copied().collect();
    if rims {
        upright.extend(edges.soft_upright.iter().filter(beside));
        upright.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    }
    (level, upright)
}

/// Read a region without a drawn grid: no table, one, or several side by side. `headings_end` is where a line drawn
/// below the headings says that they end.
fn read_aligned(
    words: &[usize],
    page: &PageWords,
    edges: &Edges,
    banded: bool,
    headings_end: Option<f32>,
) -> Vec<PageTable> {
    let bbox = Rect::around(words.iter().map(|w| page.words[*w].bbox)).unwrap_or_default();
    let (level, upright) = inside_edges(edges, bbox, banded);
    let Some(reading) = aligned::read(words, &page.words, &level, &upright, headings_end) else {
        return Vec::new();
    };
    let cuts = side_by_side::cuts(&reading, &page.words, &level);
    if !cuts.is_empty() {
        let part = |w: &usize| cuts.partition_point(|x| *x < page.words[*w].bbox.center().x);
        return (0..=cuts.len())
            .filter_map(|at| {
                let own: Vec<usize> = words.iter().copied().filter(|w| part(w) == at).collect();
                let bbox = Rect::around(own.iter().map(|w| page.words[*w].bbox))?;
                let (level, upright) = inside_edges(edges, bbox, banded);
                let reading = aligned::read(&own, &page.words, &level, &upright, headings_end)?;
                accept(reading, &own, bbox, page, banded)
            })
            .collect();
    }
    accept(reading, words, bbox, page, banded).into_iter().collect()
}

/// Whether a reading is a table, and how sure.
fn accept(
    reading: aligned::Reading,
    words: &[usize],
    bbox: Rect,
    page: &PageWords,
    banded: bool,
) -> Option<PageTable> {
    if !banded && bbox.y0 > FOOTER * page.height {
        return None;
    }
    let figures = reading.numeric.iter().filter(|n| **n).count();
    if figures == 0 && words_only::is_table(&reading, &page.words, banded) {
        return Some(judge(reading, bbox, page, false));
    }
    if few_figures(&reading, &page.words) || !banded && lone_figures(&reading, &page.words) {
        return None;
    }
    let least = if figures >= 2 && reading.header_rows > 0 { 2 } else { 3 };
    if figures == 0 || reading.grid.rows < least || charts::is_chart(&reading.grid, &page.words) {
        return None;
    }
    let leaders = words.iter().any(|w| page.words[*w].text.ends_with("..."))
        || page.words.iter().any(|w| segments::is_leader(&w.text) && bbox.contains(w.bbox.center()));
    if charts::is_contents(&reading.grid, &page.words, leaders) {
        return None;
    }
    Some(judge(reading, bbox, page, false))
}

/// Whether columns of figures hold hardly any: a header block with its page number. Without headings, bullets are the
/// marks of lists.
fn few_figures(reading: &aligned::Reading, words: &[crate::layout::Word]) -> bool {
    let cells = reading.grid.cells.iter().filter(|c| {
        reading.numeric[c.column]
            && kind::kind_of(c.words.iter().map(|w| words[*w].text.as_str())) != Kind::Words
            && !(reading.header_rows == 0 && c.words.iter().all(|w| words[*w].text == "•"))
    });
    cells.filter(|c| !c.words.is_empty() && c.row >= reading.header_rows).count() < 2
}

/// Whether there is one row of figures without a label: the sectors of a chart.
fn lone_figures(reading: &aligned::Reading, words: &[crate::layout::Word]) -> bool {
    let mut body = reading.grid.cells.iter().filter(|c| c.row >= reading.header_rows && !c.words.is_empty());
    reading.grid.rows <= reading.header_rows + 1
        && body.all(|c| kind::kind_of(c.words.iter().map(|w| words[*w].text.as_str())).is_numeric())
}

/// Whether nothing speaks for a table: no headings, and several witnesses against it. A drawing's figures are so.
fn is_drawing(table: &PageTable) -> bool {
    let against = |d: &&Doubt| {
        matches!(d, Doubt::Labels | Doubt::Alignment | Doubt::Mixed | Doubt::Rulings | Doubt::TwoFigures)
    };
    table.header_rows == 0 && table.doubts.iter().filter(against).count() >= 2
}

fn judge(mut reading: aligned::Reading, bbox: Rect, page: &PageWords, ruled: bool) -> PageTable {
    let near = pictures::near(bbox, &page.images);
    pictures::place(&mut reading, &near, &page.words);
    let mut doubts = certainty::doubts(&reading.grid, reading.header_rows, &page.words, false);
    if reading.guessed {
        doubts.push(Doubt::Guessed);
    }
    if reading.crossing * 4 > reading.grid.rows {
        doubts.push(Doubt::Crossing);
    }
    table(reading.grid, reading.header_rows, bbox, doubts, ruled)
}

fn table(grid: Grid, header_rows: usize, bbox: Rect, mut doubts: Vec<Doubt>, ruled: bool) -> PageTable {
    doubts.sort_unstable();
    doubts.dedup();
    let certainty = if doubts.is_empty() { Certainty::Sure } else { Certainty::Uncertain };
    PageTable { bbox, grid, header_rows, certainty, doubts, caption: Vec::new(), ruled }
}

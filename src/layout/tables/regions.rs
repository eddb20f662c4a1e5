//! Where tables without a drawn grid may stand.
//!
//! In go a page's lines, out come regions: runs of lines whose segments leave the same gutters free. Running text is
//! told by its blocks of full lines and takes no part.

use super::edges::Edges;
use super::kind::kind_of;
use super::segments::TextLine;
use crate::geometry::Rect;
use crate::layout::Word;

/// Largest distance between baselines of neighbouring lines of a paragraph, in parts of the font size.
const PARAGRAPH_STEP: f32 = 1.75;
/// Largest distance between neighbouring lines of a table, in parts of the font size.
const TABLE_STEP: f32 = 3.2;
/// How many lines of one segment may stand between two lines of a table.
const LONE_LINES: usize = 3;
/// Smallest free gutter, in points.
const GUTTER: f32 = 3.0;
/// How many lines below are looked at for the next line of a paragraph.
const LOOK_BELOW: usize = 6;

/// A region that may be a table.
#[derive(Clone, Debug)]
pub(super) struct Region {
    /// Its box.
    pub bbox: Rect,
    /// Its words.
    pub words: Vec<usize>,
}

/// Which segments are running text, by line and segment.
pub(super) fn prose(lines: &[TextLine], words: &[Word]) -> Vec<Vec<bool>> {
    let mut next: Vec<Vec<Option<(usize, usize)>>> =
        lines.iter().map(|l| vec![None; l.segments.len()]).collect();
    let mut linked: Vec<Vec<bool>> = lines.iter().map(|l| vec![false; l.segments.len()]).collect();
    for (i, line) in lines.iter().enumerate() {
        for (s, segment) in line.segments.iter().enumerate() {
            for (j, below) in lines.iter().enumerate().skip(i + 1).take(LOOK_BELOW) {
                if below.baseline - line.baseline > PARAGRAPH_STEP * line.size {
                    break;
                }
                if (below.size - line.size).abs() > 0.12 * line.size {
                    continue;
                }
                let mut touching =
                    below.segments.iter().enumerate().filter(|(_, t)| t.bbox.x_overlap(&segment.bbox) > 0.0);
                let (Some((t, segment_below)), None) = (touching.next(), touching.next()) else {
                    if below.segments.iter().any(|t| t.bbox.x_overlap(&segment.bbox) > 0.0) {
                        break;
                    } else {
                        continue;
                    }
                };
                let only =
                    line.segments.iter().filter(|o| o.bbox.x_overlap(&segment_below.bbox) > 0.0).count() == 1;
                if only && !linked[j][t] {
                    next[i][s] = Some((j, t));
                    linked[j][t] = true;
                }
                break;
            }
        }
    }
    let mut marks: Vec<Vec<bool>> = lines.iter().map(|l| vec![false; l.segments.len()]).collect();
    for i in 0..lines.len() {
        for s in 0..lines[i].segments.len() {
            if linked[i][s] {
                continue;
            }
            let chain: Vec<(usize, usize)> =
                std::iter::successors(Some((i, s)), |at| next[at.0][at.1]).collect();
            if is_prose(&chain, lines, words) {
                for (l, t) in chain {
                    marks[l][t] = true;
                }
            }
        }
    }
    marks
}

fn is_prose(chain: &[(usize, usize)], lines: &[TextLine], words: &[Word]) -> bool {
    let segment = |at: &(usize, usize)| &lines[at.0].segments[at.1];
    let width = chain.iter().map(|at| segment(at).bbox.width()).fold(0.0, f32::max);
    let size = lines[chain[0].0].size;
    let count: usize = chain.iter().map(|at| segment(at).words.len()).sum();
    let figures: usize = chain
        .iter()
        .flat_map(|at| segment(at).words.iter())
        .filter(|w| kind_of([words[**w].text.as_str()]).is_numeric())
        .count();
    if 3 * figures > count || width < 11.0 * size {
        return false;
    }
    let full = &chain[..chain.len().max(2) - 1];
    let mean = full.iter().map(|at| segment(at).words.len()).sum::<usize>() as f32 / full.len() as f32;
    let fill =
        full.iter().map(|at| segment(at).bbox.width()).sum::<f32>() / full.len() as f32 / width.max(1.0);
    let beside_figures =
        chain.iter().filter(|at| lines[at.0].segments.iter().any(|s| s.kind.is_figure())).count() as f32
            / chain.len() as f32;
    match chain.len() {
        1 => count >= 12 && beside_figures == 0.0,
        2 => mean >= 9.0 && beside_figures == 0.0,
        _ if beside_figures >= 0.3 => mean >= 6.0 && fill >= 0.9 && chain.len() >= 5,
        _ => mean >= 4.5 && fill >= 0.7,
    }
}

/// A run of lines that is being gathered.
struct Run {
    lines: Vec<usize>,
    /// Lines of one segment since the last line of several.
    lone: Vec<usize>,
    gutters: Vec<(f32, f32)>,
    bbox: Rect,
    baseline: f32,
}

/// Find the regions.
pub(super) fn find(lines: &[TextLine], words: &[Word], _edges: &Edges) -> Vec<Region> {
    let marks = prose(lines, words);
    // The segments that take part, by line.
    let open: Vec<Vec<usize>> = marks.iter().map(|m| (0..m.len()).filter(|s| !m[*s]).collect()).collect();
    let mut runs: Vec<Run> = Vec::new();
    let mut current: Option<Run> = None;
    for (at, line) in lines.iter().enumerate() {
        if open[at].is_empty() {
            if !line.segments.is_empty() {
                // Running text over the run's width ends it; beside it, it does not.
                if let Some(run) = &current
                    && line.bbox.x_overlap(&run.bbox) > 0.0
                {
                    runs.extend(current.take());
                }
            }
            continue;
        }
        let boxes: Vec<Rect> = open[at].iter().map(|s| line.segments[*s].bbox).collect();
        let bbox = Rect::around(boxes.iter().copied()).unwrap_or_default();
        if let Some(run) = &current
            && line.baseline - run.baseline > TABLE_STEP * line.size.max(8.0)
        {
            runs.extend(current.take());
        }
        if boxes.len() < 2 {
            if let Some(run) = &mut current {
                run.lone.push(at);
                run.baseline = line.baseline;
                if run.lone.len() > LONE_LINES {
                    runs.extend(current.take());
                }
            }
            continue;
        }
        let gaps: Vec<(f32, f32)> = boxes.windows(2).map(|p| (p[0].x1, p[1].x0)).collect();
        let kept = current.as_ref().map(|run| meet(run, &boxes, bbox));
        match (&mut current, kept) {
            (Some(run), Some(kept)) if !kept.is_empty() => {
                run.lines.append(&mut run.lone);
                run.lines.push(at);
                run.gutters = kept;
                run.bbox = run.bbox.union(&bbox);
                run.baseline = line.baseline;
            }
            _ => {
                runs.extend(current.take());
                current = Some(Run {
                    lines: vec![at],
                    lone: Vec::new(),
                    gutters: gaps,
                    bbox,
                    baseline: line.baseline,
                });
            }
        }
    }
    runs.extend(current);
    runs.into_iter()
        .filter(|run| run.lines.len() >= 2)
        .map(|run| {
            let words: Vec<usize> = run
                .lines
                .iter()
                .flat_map(|l| open[*l].iter().flat_map(|s| lines[*l].segments[*s].words.iter().copied()))
                .collect();
            Region { bbox: run.bbox, words }
        })
        .collect()
}

/// The gutters that stay free when a line joins a run.
fn meet(run: &Run, boxes: &[Rect], bbox: Rect) -> Vec<(f32, f32)> {
    // Beyond its ends a line leaves everything free.
    let mut free = vec![(f32::NEG_INFINITY, bbox.x0)];
    free.extend(boxes.windows(2).map(|p| (p[0].x1, p[1].x0)));
    free.push((bbox.x1, f32::INFINITY));
    let mut kept = Vec::new();
    for gutter in &run.gutters {
        for gap in &free {
            let (from, to) = (gutter.0.max(gap.0), gutter.1.min(gap.1));
            if to - from >= GUTTER {
                kept.push((from, to));
            }
        }
    }
    // Gutters of the new line beyond the run's ends are free in the run.
    for pair in boxes.windows(2) {
        if pair[1].x0 > run.bbox.x1 && pair[0].x1 >= run.bbox.x0 {
            let from = pair[0].x1.max(run.bbox.x1);
            if pair[1].x0 - from >= GUTTER {
                kept.push((from, pair[1].x0));
            }
        } else if pair[0].x1 < run.bbox.x0 {
            let to = pair[1].x0.min(run.bbox.x0);
            if to - pair[0].x1 >= GUTTER {
                kept.push((pair[0].x1, to));
            }
        }
    }
    kept.sort_by(|a, b| a.0.total_cmp(&b.0));
    kept.dedup();
    kept
}

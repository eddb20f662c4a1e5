//! Grey pictures: turned, made straight, freed of their ruling lines, measured.

use crate::glyphs::Turn;

/// Darker than this is ink, of 255.
const INK: u8 = 128;

/// Steepest skew that is looked for, in degrees. Feeders skew by one or two.
const MAX_SKEW: f64 = 4.0;

/// Smaller skews are left as they are, in degrees: over a page's width this is less than half a line's height.
const MIN_SKEW: f64 = 0.08;

/// Shortest ruling, in pixels at 300 dpi: 10 mm. Longer than the strokes of letters below 40 points.
const MIN_RULING: usize = 120;

/// Thickest ruling, in pixels at 300 dpi.
const MAX_THICKNESS: usize = 14;

/// Longest break in a ruling that a scanner makes, in pixels.
const MAX_BREAK: usize = 3;

/// How tall letters and digits are, in pixels at 300 dpi: from 7 to 24 points.
const LETTER_HEIGHT: std::ops::Range<usize> = 18..75;

/// A grey picture; 0 is black.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Grey {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) data: Vec<u8>,
}

/// A ruling line, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) x0: f32,
    pub(super) y0: f32,
    pub(super) x1: f32,
    pub(super) y1: f32,
}

impl Grey {
    /// A picture of this size; `None` when the data do not fill it.
    pub(super) fn new(width: u32, height: u32, data: Vec<u8>) -> Option<Self> {
        let fits = width > 0 && height > 0 && data.len() as u64 == u64::from(width) * u64::from(height);
        fits.then_some(Self { width, height, data })
    }

    fn sides(&self) -> (usize, usize) {
        (self.width as usize, self.height as usize)
    }

    /// The picture as a file in memory: PGM, which costs no compression.
    pub(super) fn to_pgm(&self) -> Vec<u8> {
        let mut file = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        file.extend_from_slice(&self.data);
        file
    }

    /// The picture turned so that text which runs as `turn` says is upright.
    pub(super) fn upright(&self, turn: Turn) -> Self {
        let (w, h) = self.sides();
        let turned = |width: usize, height: usize, from: &dyn Fn(usize, usize) -> usize| {
            let mut data = Vec::with_capacity(width * height);
            for y in 0..height {
                data.extend((0..width).map(|x| self.data[from(x, y)]));
            }
            Self { width: as_u32(width), height: as_u32(height), data }
        };
        match turn {
            Turn::None | Turn::Slanted => self.clone(),
            Turn::Half => turned(w, h, &|x, y| (h - 1 - y) * w + (w - 1 - x)),
            // Text from top to bottom: its left end is the picture's top.
            Turn::Quarter => turned(h, w, &|x, y| x * w + (w - 1 - y)),
            Turn::ThreeQuarters => turned(h, w, &|x, y| (h - 1 - x) * w + y),
        }
    }

    /// The picture with its lines of text level.
    pub(super) fn straightened(self) -> Self {
        let skew = self.skew();
        if skew.abs() < MIN_SKEW { self } else { self.rotated(-skew) }
    }

    /// How far lines of text rise or fall, in degrees; positive when they fall to the right.
    pub(super) fn skew(&self) -> f64 {
        let ink = self.sampled_ink();
        if ink.len() < 200 {
            return 0.0;
        }
        let score = |angle: f64| self.levelness(&ink, angle);
        let steps = |from: f64, to: f64, step: f64| {
            let count = ((to - from) / step).round();
            #[allow(clippy::cast_possible_truncation)] // a hundred steps
            (0..=count as i32).map(move |i| from + f64::from(i) * step)
        };
        let best = |angles: &mut dyn Iterator<Item = f64>| {
            angles
                .map(|a| (score(a), a))
                .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.abs().total_cmp(&a.1.abs())))
        };
        let Some((_, coarse)) = best(&mut steps(-MAX_SKEW, MAX_SKEW, 0.2)) else { return 0.0 };
        let fine = best(&mut steps(coarse - 0.2, coarse + 0.2, 0.02));
        let Some((score_fine, fine)) = fine else { return 0.0 };
        // A page of pictures has no level lines: then every angle is as good as none.
        if score_fine > 1.03 * score(0.0) { fine } else { 0.0 }
    }

    /// Where ink is, on a coarse grid: enough to tell lines of text, few enough to be quick.
    fn sampled_ink(&self) -> Vec<(f64, f64)> {
        let (w, h) = self.sides();
        let mut ink = Vec::new();
        for y in (0..h).step_by(2) {
            for x in (0..w).step_by(6) {
                if self.data[y * w + x] < INK {
                    #[allow(clippy::cast_precision_loss)] // pixels
                    ink.push((x as f64, y as f64));
                }
            }
        }
        // A dark picture tells no more with a million points.
        let every = ink.len().div_ceil(150_000).max(1);
        ink.into_iter().step_by(every).collect()
    }

    /// How much the rows differ from each other when the picture is seen at an angle: most when lines are level.
    fn levelness(&self, ink: &[(f64, f64)], angle: f64) -> f64 {
        let slope = angle.to_radians().tan();
        let (w, h) = (f64::from(self.width), f64::from(self.height));
        let margin = (slope * w).abs();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // rows
        let mut rows = vec![0_u32; ((h + 2.0 * margin) / 2.0) as usize + 2];
        for (x, y) in ink {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let row = ((y - slope * x + margin) / 2.0) as usize;
            if let Some(row) = rows.get_mut(row) {
                *row += 1;
            }
        }
        rows.windows(2).map(|p| f64::from(p[0].abs_diff(p[1])).powi(2)).sum()
    }

    /// The picture rotated about its middle, clockwise for positive degrees; what comes in from outside is white.
    fn rotated(&self, degrees: f64) -> Self {
        let (w, h) = self.sides();
        let (sin, cos) = degrees.to_radians().sin_cos();
        let (cx, cy) = (f64::from(self.width) / 2.0, f64::from(self.height) / 2.0);
        let mut data = Vec::with_capacity(self.data.len());
        let at = |x: i64, y: i64| -> f64 {
            match (usize::try_from(x), usize::try_from(y)) {
                (Ok(x), Ok(y)) if x < w && y < h => f64::from(self.data[y * w + x]),
                _ => 255.0,
            }
        };
        for y in 0..self.height {
            for x in 0..self.width {
                let (dx, dy) = (f64::from(x) - cx, f64::from(y) - cy);
                let (sx, sy) = (cos * dx + sin * dy + cx, cos * dy - sin * dx + cy);
                let (fx, fy) = (sx - sx.floor(), sy - sy.floor());
                #[allow(clippy::cast_possible_truncation)]
                let (ix, iy) = (sx.floor() as i64, sy.floor() as i64);
                let top = at(ix, iy) * (1.0 - fx) + at(ix + 1, iy) * fx;
                let bottom = at(ix, iy + 1) * (1.0 - fx) + at(ix + 1, iy + 1) * fx;
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and 255
                data.push((top * (1.0 - fy) + bottom * fy).round() as u8);
            }
        }
        Self { width: self.width, height: self.height, data }
    }

    /// Find the ruling lines and paint them over: they are returned, and letters that touch them are read better.
    pub(super) fn take_rulings(&mut self) -> Vec<Line> {
        let (w, h) = self.sides();
        let ink: Vec<bool> = self.data.iter().map(|p| *p < INK).collect();
        let level = rulings(w, h, |along, across| ink[across * w + along]);
        let upright = rulings(h, w, |along, across| ink[along * w + across]);
        let mut found = Vec::new();
        let boxes = level
            .into_iter()
            .map(|r| (r.start, r.first, r.end, r.last + 1))
            .chain(upright.into_iter().map(|r| (r.first, r.start, r.last + 1, r.end)));
        for (x0, y0, x1, y1) in boxes {
            // The blur at a line's edges goes with it.
            for y in y0.saturating_sub(2)..(y1 + 2).min(h) {
                self.data[y * w + x0.saturating_sub(2)..y * w + (x1 + 2).min(w)].fill(255);
            }
            #[allow(clippy::cast_precision_loss)] // pixels
            found.push(Line { x0: x0 as f32, y0: y0 as f32, x1: x1 as f32, y1: y1 as f32 });
        }
        found
    }

    /// The picture with nothing but what these boxes hold: left, top, right, bottom.
    pub(super) fn only(&self, boxes: impl Iterator<Item = [u32; 4]>) -> Self {
        let (w, h) = self.sides();
        let mut data = vec![255; self.data.len()];
        for [x0, y0, x1, y1] in boxes.map(|edges| edges.map(|edge| edge as usize)) {
            let (from, to) = (x0.min(w), x1.min(w));
            for row in (y0..y1.min(h)).map(|y| y * w) {
                data[row + from..row + to].copy_from_slice(&self.data[row + from..row + to]);
            }
        }
        Self { data, ..*self }
    }

    /// Paint a box over.
    pub(super) fn erase(&mut self, x0: u32, y0: u32, x1: u32, y1: u32) {
        let (w, h) = self.sides();
        for y in y0 as usize..(y1 as usize).min(h) {
            self.data[y * w..][(x0 as usize).min(w)..(x1 as usize).min(w)].fill(255);
        }
    }

    /// How many separate pieces of ink have the size of a letter or a digit, counted up to `enough`.
    pub(super) fn letters(&self, enough: usize) -> usize {
        let (w, h) = self.sides();
        let mut ink: Vec<bool> = self.data.iter().map(|p| *p < INK).collect();
        let (mut found, mut open) = (0, Vec::new());
        for start in 0..ink.len() {
            if !std::mem::take(&mut ink[start]) {
                continue;
            }
            let (mut left, mut right, mut top, mut bottom) = (start % w, start % w, start / w, start / w);
            open.push(start);
            while let Some(at) = open.pop() {
                let (x, y) = (at % w, at / w);
                (left, right, top, bottom) = (left.min(x), right.max(x), top.min(y), bottom.max(y));
                let neighbours = [
                    (x > 0).then(|| at - 1),
                    (x + 1 < w).then(|| at + 1),
                    (y > 0).then(|| at - w),
                    (y + 1 < h).then(|| at + w),
                ];
                open.extend(neighbours.into_iter().flatten().filter(|n| std::mem::take(&mut ink[*n])));
            }
            let (width, height) = (right - left + 1, bottom - top + 1);
            found += usize::from(
                LETTER_HEIGHT.contains(&height) && (3..=LETTER_HEIGHT.end * 3 / 2).contains(&width),
            );
            if found >= enough {
                break;
            }
        }
        found
    }

    /// How thick the strokes in a box are, in pixels: the middle of all runs of ink along its rows.
    pub(super) fn stroke(&self, x0: u32, y0: u32, x1: u32, y1: u32) -> Option<f32> {
        let (w, _) = self.sides();
        let mut runs: Vec<usize> = Vec::new();
        for y in y0..y1.min(self.height) {
            let row = &self.data[y as usize * w..][..w];
            let row = row.get(x0 as usize..(x1.min(self.width)) as usize)?;
            runs.extend(row.split(|p| *p >= INK).map(<[u8]>::len).filter(|run| *run > 0));
        }
        if runs.len() < 12 {
            return None;
        }
        runs.sort_unstable();
        // Cross strokes are long; the middle half of what is short are the stems.
        let (from, to) = (runs.len() / 8, runs.len() / 2 + 1);
        let middle = &runs[from..to];
        #[allow(clippy::cast_precision_loss)] // pixels
        Some(middle.iter().sum::<usize>() as f32 / middle.len() as f32)
    }
}

/// A ruling under way: along it from `start` to `end`, across it from `first` to `last`.
#[derive(Clone, Copy)]
struct Run {
    start: usize,
    end: usize,
    first: usize,
    last: usize,
    /// Whether it has been continued in the row at hand.
    fresh: bool,
}

/// Long thin stretches of ink. Rows are searched for long runs; runs in neighbouring rows that lie beside each other
/// are one ruling, as long as that stays thin.
fn rulings(length: usize, breadth: usize, ink: impl Fn(usize, usize) -> bool) -> Vec<Run> {
    let mut done: Vec<Run> = Vec::new();
    let mut open: Vec<Run> = Vec::new();
    for across in 0..breadth {
        for run in &mut open {
            run.fresh = false;
        }
        let mut along = 0;
        while along < length {
            if !ink(along, across) {
                along += 1;
                continue;
            }
            let start = along;
            let mut end = along + 1;
            while end < length
                && (ink(end, across) || (1..=MAX_BREAK).any(|b| end + b < length && ink(end + b, across)))
            {
                end += 1;
            }
            along = end + 1;
            if end - start < MIN_RULING {
                continue;
            }
            match open.iter_mut().find(|r| r.start < end && start < r.end) {
                Some(run) => {
                    run.start = run.start.min(start);
                    run.end = run.end.max(end);
                    run.last = across;
                    run.fresh = true;
                }
                None => open.push(Run { start, end, first: across, last: across, fresh: true }),
            }
        }
        done.extend(open.extract_if(.., |run| !run.fresh));
    }
    done.extend(open);
    done.retain(|run| {
        let thickness = run.last + 1 - run.first;
        thickness <= MAX_THICKNESS && run.end - run.start >= 6 * thickness
    });
    done
}

fn as_u32(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of something like text: short strokes on common baselines.
    fn text(skew: f64) -> Grey {
        let (w, h) = (1200_u32, 1600_u32);
        let mut picture = Grey::new(w, h, vec![255; (w * h) as usize]).unwrap();
        for line in 0..20 {
            for letter in 0..80 {
                let x = 100 + letter * 12;
                let rise = f64::from(x) * skew.to_radians().tan();
                let y = 200 + line * 60 + rise.round() as i32;
                for dy in 0..24 {
                    for dx in 0..5 {
                        picture.data[((y + dy) * w as i32 + x + dx) as usize] = 0;
                    }
                }
            }
        }
        picture
    }

    #[test]
    fn skew_is_measured_and_undone() {
        for skew in [-2.0, -0.5, 0.0, 0.7, 3.0] {
            let picture = text(skew);
            assert!((picture.skew() - skew).abs() < 0.1, "{skew}: {}", picture.skew());
            assert!(picture.straightened().skew().abs() < 0.1);
        }
    }

    #[test]
    fn turns_are_undone() {
        // A is left of B, above C.
        let picture = Grey::new(2, 3, vec![b'A', b'B', b'C', 0, 0, 0]).unwrap();
        let back = [
            (Turn::Quarter, Turn::ThreeQuarters),
            (Turn::Half, Turn::Half),
            (Turn::ThreeQuarters, Turn::Quarter),
        ];
        for (there, back) in back {
            assert_eq!(picture.upright(there).upright(back), picture);
        }
        // Text that runs from top to bottom begins at the top right: A C is its last line, read downwards.
        assert_eq!(picture.upright(Turn::Quarter).data, [b'B', 0, 0, b'A', b'C', 0]);
    }

    #[test]
    fn only_what_is_asked_for_is_kept() {
        let picture = Grey::new(3, 2, vec![1, 2, 3, 4, 5, 6]).unwrap();
        let kept = picture.only([[1, 0, 2, 9], [7, 7, 9, 9]].into_iter());
        assert_eq!(kept.data, [255, 2, 255, 255, 5, 255]);
    }

    #[test]
    fn rulings_are_found_and_painted_over() {
        let mut picture = text(0.0);
        let before = picture.clone();
        let w = picture.width as usize;
        for x in 50..1100 {
            for y in [180, 181, 182] {
                picture.data[y * w + x] = 0;
            }
        }
        for y in 180..900 {
            picture.data[y * w + 60] = 0;
            picture.data[y * w + 61] = 0;
        }
        let mut found = picture.take_rulings();
        found.sort_by(|a, b| a.x1.total_cmp(&b.x1));
        assert_eq!(found.len(), 2);
        assert_eq!(found[0], Line { x0: 60.0, y0: 180.0, x1: 62.0, y1: 900.0 });
        assert_eq!(found[1], Line { x0: 50.0, y0: 180.0, x1: 1100.0, y1: 183.0 });
        assert_eq!(picture, before);
    }
}

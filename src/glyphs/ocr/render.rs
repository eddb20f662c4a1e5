//! A page as a grey picture.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render as paint};
use hayro_interpret::InterpreterSettings;

use super::image::Grey;
use crate::glyphs::pdf::PdfFile;
use crate::settings::OcrSettings;

/// Render a page, counted from 1; `None` where that fails.
pub(super) fn render(pdf: &PdfFile, number: u32, settings: &OcrSettings) -> Option<Grey> {
    let page = pdf.inner().pages().get(usize::try_from(number).ok()?.checked_sub(1)?)?;
    let (width, height) = page.render_dimensions();
    let longest = width.max(height);
    if !(longest > 0.0 && longest.is_finite()) {
        return None;
    }
    #[allow(clippy::cast_precision_loss)] // a picture's sides fit
    let scale = (f32::from(settings.dpi) / 72.0).min(settings.max_side as f32 / longest);
    let target = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    // The renderer's own faults cost this page only.
    let painted = catch_unwind(AssertUnwindSafe(|| {
        let cache = RenderCache::new();
        paint(page, &cache, &InterpreterSettings::default(), &RenderSettings::default(), &target)
    }));
    let painted = painted.ok()?;
    let (width, height) = (u32::from(painted.width()), u32::from(painted.height()));
    // Everything lies on white, so nothing is transparent and colours are as they look.
    let luma = |r: u8, g: u8, b: u8| (u32::from(r) * 77 + u32::from(g) * 150 + u32::from(b) * 29) >> 8;
    let data = painted.data().iter().map(|p| u8::try_from(luma(p.r, p.g, p.b)).unwrap_or(u8::MAX)).collect();
    Grey::new(width, height, data)
}

//! stub
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
/// Counts what character recognition spends.
#[derive(Clone, Debug, Default)]
pub struct Meter(Arc<AtomicU64>);
impl Meter {
    /// How often something has moved.
    #[must_use]
    pub fn beats(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
/// check
pub fn check(_: &crate::settings::OcrSettings) -> Result<(), String> {
    Err("stub".into())
}

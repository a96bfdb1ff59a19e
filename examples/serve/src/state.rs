//! What the handlers share: the screener, which can be replaced, and the limits.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use spcg::checklist::Checklist;
use spcg::{Proposal, Screener, Screening};
use tokio::sync::Semaphore;

use crate::problem::Problem;

/// How much the service takes on.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of a body.
    pub body: usize,
    /// How long a body may take to arrive.
    pub arrival: Duration,
    /// How long an answer may take from there.
    pub answer: Duration,
    /// Proposals that are taken in at a time; one more is told to come back.
    pub waiting: usize,
    /// Proposals that are screened at a time.
    pub screening: usize,
    /// Connections at a time; the next one waits.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Limits {
            // A file of the largest size, and what a form puts around it.
            body: (16 << 20) + (64 << 10),
            arrival: Duration::from_secs(20),
            answer: Duration::from_secs(30),
            waiting: 64,
            screening: processors,
            connections: 512,
        }
    }
}

/// The service. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Service(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Read for a moment at the start of each screening, written when it is reloaded.
    screener: RwLock<Screener>,
    index: Option<PathBuf>,
    checklist: Option<PathBuf>,
    limits: Limits,
    taken_in: Arc<Semaphore>,
    screened: Arc<Semaphore>,
    ending: AtomicBool,
}

impl Service {
    /// A service over a screener; `index` and `checklist` are where it came from, for reloading.
    #[must_use]
    pub fn new(
        screener: Screener,
        index: Option<PathBuf>,
        checklist: Option<PathBuf>,
        limits: Limits,
    ) -> Service {
        Service(Arc::new(Inner {
            screener: RwLock::new(screener),
            index,
            checklist,
            taken_in: Arc::new(Semaphore::new(limits.waiting)),
            screened: Arc::new(Semaphore::new(limits.screening)),
            limits,
            ending: AtomicBool::new(false),
        }))
    }

    /// The screener of now: whoever holds it finishes with it, whatever is loaded meanwhile.
    #[must_use]
    pub fn screener(&self) -> Screener {
        // A screener is whole at any time, also where a thread panicked while it held the lock.
        self.0.screener.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How much it takes on.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    pub(crate) fn taken_in(&self) -> &Arc<Semaphore> {
        &self.0.taken_in
    }

    /// Opens index and checklist anew and puts them in place when both are whole. Blocks: not for
    /// an async thread.
    ///
    /// # Errors
    /// When one of them cannot be opened; then everything stays as it was.
    pub fn reload(&self) -> Result<(), spcg::Error> {
        let mut screener = self.screener();
        if let Some(index) = &self.0.index {
            screener = screener.reopen(index)?;
        }
        if let Some(checklist) = &self.0.checklist {
            screener = screener.with_checklist(Checklist::from_path(checklist)?);
        }
        *self.0.screener.write().unwrap_or_else(PoisonError::into_inner) = screener;
        Ok(())
    }

    /// From now on it is not ready for new work; what is under way is finished.
    pub fn end(&self) {
        self.0.ending.store(true, Ordering::Relaxed);
    }

    /// False once it is about to end.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        !self.0.ending.load(Ordering::Relaxed)
    }

    /// Reads and screens on a thread for blocking work, so that the async threads stay free.
    /// What was begun is finished even where the client has gone, and holds its place until then.
    ///
    /// # Errors
    /// What the reading says; [`Problem::busy`] when it takes too long.
    pub async fn screen<T: Send + 'static>(
        &self,
        read: impl FnOnce() -> Result<Proposal, Problem> + Send + 'static,
        write: impl FnOnce(&Screener, &Screening, &Proposal) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let service = self.clone();
        let work = async move {
            let place = service.0.screened.clone().acquire_owned().await;
            let screener = service.screener();
            let span = tracing::Span::current();
            let done = tokio::task::spawn_blocking(move || {
                let _place = place;
                span.in_scope(|| {
                    let proposal = read()?;
                    Ok(write(&screener, &screener.screen(&proposal), &proposal))
                })
            });
            done.await.unwrap_or_else(|error| {
                tracing::error!(%error, "a screening failed");
                Err(Problem::internal())
            })
        };
        tokio::time::timeout(self.0.limits.answer, work).await.unwrap_or_else(|_| {
            tracing::warn!("a screening took too long");
            Err(Problem::busy())
        })
    }
}

//! How far the work is, told for everything that takes longer than two seconds.

use std::io::IsTerminal as _;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// What is done within this time is not told about.
const QUIET: Duration = Duration::from_secs(2);
/// How often a line is written where there is no terminal.
const APART: Duration = Duration::from_secs(10);

/// A bar on a terminal, now and then a line elsewhere; nothing before two seconds have passed.
pub(crate) struct Progress {
    what: &'static str,
    bar: Option<ProgressBar>,
    start: Instant,
    told: Option<Instant>,
}

impl Progress {
    /// For `total` things, where that is known.
    pub(crate) fn new(what: &'static str, total: Option<usize>) -> Progress {
        let bar = std::io::stderr().is_terminal().then(|| {
            let (bar, template) = match total {
                Some(total) => (
                    ProgressBar::new(total as u64),
                    "{prefix} {wide_bar} {pos}/{len} {per_sec} {eta} left",
                ),
                None => (ProgressBar::new_spinner(), "{spinner} {prefix} {pos} {per_sec}"),
            };
            let style = ProgressStyle::with_template(template)
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            bar.with_style(style).with_prefix(what)
        });
        // Nothing is drawn before the first position is told.
        Progress { what, bar, start: Instant::now(), told: None }
    }

    pub(crate) fn step(&mut self, done: usize) {
        let due = match self.told {
            None => self.start.elapsed() >= QUIET,
            Some(told) => self.bar.is_some() || told.elapsed() >= APART,
        };
        if !due {
            return;
        }
        self.told = Some(Instant::now());
        match &self.bar {
            Some(bar) => bar.set_position(done as u64),
            None => {
                let seconds = self.start.elapsed().as_secs_f64();
                super::note(format_args!("{}: {done}, {seconds:.0} s", self.what));
            }
        }
    }

    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// Does something whose length nobody knows; when it takes longer than two seconds, it is told what
/// is waited for.
pub(crate) fn waiting<T>(what: &str, work: impl FnOnce() -> T) -> T {
    std::thread::scope(|scope| {
        let (done, waits) = mpsc::channel::<()>();
        scope.spawn(move || {
            let start = Instant::now();
            let mut pause = QUIET;
            while waits.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                super::note(format_args!("{what}: {:.0} s", start.elapsed().as_secs_f64()));
                pause = APART;
            }
        });
        let result = work();
        drop(done);
        result
    })
}

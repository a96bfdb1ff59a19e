//! Backlogs of any length: proposals in, results out, with a bounded number between.

use std::borrow::Borrow;

use rayon::prelude::*;

use super::{Screener, Screening};
use crate::proposal::Proposal;

/// Items taken in at a time, per thread. Fewer, and threads wait for the slowest of the few; more,
/// and memory fills.
const PER_THREAD: usize = 16;

impl Screener {
    /// Screens a backlog that may be larger than the memory: proposals in, results out, in the same
    /// order.
    ///
    /// Nothing happens before the first result is asked for. Then sixteen proposals for each thread
    /// of rayon's current pool are taken in, on the thread that asks, and screened on the pool;
    /// when their results are used up, the next ones are taken in. So no more than that many
    /// proposals and results are held at any time, a source that waits keeps no thread of the pool
    /// waiting, and what comes out does not depend on the number of threads.
    ///
    /// ```
    /// use spcg::{Proposal, Screener};
    ///
    /// let screener = Screener::builtin()?;
    /// let backlog = (1..=40).map(|number| Proposal::builder().title(format!("Smart lifts, part {number}")).build());
    /// let mut titles = screener.screen_stream(backlog).map(|screening| screening.proposal.title);
    /// assert_eq!(titles.next().as_deref(), Some("Smart lifts, part 1"));
    /// assert_eq!(titles.last().as_deref(), Some("Smart lifts, part 40"));
    /// # Ok::<(), spcg::Error>(())
    /// ```
    pub fn screen_stream<I>(&self, proposals: I) -> impl Iterator<Item = Screening> + use<I>
    where
        I: IntoIterator<Item: Borrow<Proposal> + Send>,
    {
        self.stream_with(proposals, |screener, proposal: I::Item| {
            screener.screen(proposal.borrow())
        })
    }

    /// As [`Screener::screen_stream`], for a source in which some proposals could not be read:
    /// errors come out in their place.
    ///
    /// ```
    /// use spcg::{Proposal, Screener};
    ///
    /// let files = ["title = \"Smart lifts\"", "titel = \"Smart lifts\""];
    /// let screener = Screener::builtin()?;
    /// let results: Vec<_> = screener.try_screen_stream(files.map(Proposal::from_toml)).collect();
    /// assert!(results[0].is_ok() && results[1].as_ref().is_err_and(spcg::Error::is_malformed));
    /// # Ok::<(), spcg::Error>(())
    /// ```
    pub fn try_screen_stream<I, P, E>(
        &self,
        proposals: I,
    ) -> impl Iterator<Item = Result<Screening, E>> + use<I, P, E>
    where
        I: IntoIterator<Item = Result<P, E>>,
        P: Borrow<Proposal> + Send,
        E: Send,
    {
        self.stream_with(proposals, |screener, proposal: Result<P, E>| {
            proposal.map(|proposal| screener.screen(proposal.borrow()))
        })
    }

    /// As [`Screener::screen_stream`], for items that are not proposals yet, or results that are
    /// more than a screening: `work` is called with the screener and each item, on rayon's current
    /// pool, so that reading and writing are spread over its threads as well.
    ///
    /// ```
    /// use spcg::{Error, Proposal, Screener};
    ///
    /// let screener = Screener::builtin()?;
    /// let rows = [(1, "title = \"Smart lifts\""), (2, "titel = \"Smart lifts\"")];
    /// let verdicts: Vec<(u32, String)> = screener
    ///     .stream_with(rows, |screener, (key, text)| match Proposal::from_toml(text) {
    ///         Ok(proposal) => (key, screener.screen(&proposal).verdict.sentence().to_owned()),
    ///         Err(error) => (key, error.to_string()),
    ///     })
    ///     .collect();
    /// assert_eq!(verdicts[0], (1, "not ready to circulate".to_owned()));
    /// assert!(verdicts[1].1.contains("did you mean `title`?"));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Panics
    /// Where `work` panics, as rayon does, once the items taken in with it are done.
    pub fn stream_with<I, T, F>(&self, items: I, work: F) -> impl Iterator<Item = T> + use<I, T, F>
    where
        I: IntoIterator<Item: Send>,
        T: Send,
        F: Fn(&Screener, I::Item) -> T + Sync,
    {
        let screener = self.clone();
        // Once at its end a source is not asked again.
        let mut items = items.into_iter().fuse();
        let mut done = Vec::new().into_iter();
        std::iter::from_fn(move || {
            if done.len() == 0 {
                let window = PER_THREAD * rayon::current_num_threads();
                let taken: Vec<I::Item> = items.by_ref().take(window).collect();
                let results: Vec<T> =
                    taken.into_par_iter().map(|item| work(&screener, item)).collect();
                done = results.into_iter();
            }
            done.next()
        })
    }
}

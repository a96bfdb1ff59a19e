//! Backlogs: results in order, in bounded numbers, the same on any number of threads.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::Mutex;

use spcg::{Error, Proposal, Screener, Screening};

const SUBJECTS: [(&str, &str); 6] = [
    ("Safety of household robots", "Requirements and tests for robots that clean floors in homes."),
    (
        "Hydrogen fuel cells for trams",
        "Fuel cell power systems for light rail vehicles, with storage of hydrogen.",
    ),
    (
        "Vocabulary of distributed ledgers",
        "Terms for blockchain and distributed ledger technologies.",
    ),
    (
        "Biometric authentication in telecommunication",
        "Security requirements for telebiometric services.",
    ),
    ("Small hydropower plants", "Guidelines for the design of small hydropower plants."),
    ("Wearable electronic textiles", "Test methods for electronic devices worn on the body."),
];

fn backlog(count: usize) -> Vec<Proposal> {
    (0..count)
        .map(|number| {
            let (title, scope) = SUBJECTS[number % SUBJECTS.len()];
            Proposal::builder().title(format!("{title}, part {number}")).scope(scope).build()
        })
        .collect()
}

fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
}

fn json(screenings: &[Screening]) -> String {
    serde_json::to_string(screenings).unwrap()
}

#[test]
fn a_stream_gives_what_screening_one_by_one_gives_on_any_number_of_threads() {
    let screener = Screener::builtin().unwrap();
    let backlog = backlog(75);
    let expected: Vec<Screening> =
        backlog.iter().map(|proposal| screener.screen(proposal)).collect();
    let expected = json(&expected);
    for threads in [1, 2, 5] {
        let owned =
            with_threads(threads, || screener.screen_stream(backlog.clone()).collect::<Vec<_>>());
        assert_eq!(json(&owned), expected, "{threads} threads");
    }
    let borrowed: Vec<Screening> = screener.screen_stream(&backlog).collect();
    assert_eq!(json(&borrowed), expected);
    assert_eq!(screener.screen_stream(Vec::<Proposal>::new()).count(), 0);
}

#[test]
fn only_a_bounded_number_is_taken_ahead() {
    let screener = Screener::builtin().unwrap();
    for threads in [1, 2] {
        with_threads(threads, || {
            let pulled = Cell::new(0_usize);
            let endless = (0..).map(|number| {
                pulled.set(pulled.get() + 1);
                Proposal::builder().title(format!("Part {number}")).build()
            });
            let mut stream = screener.screen_stream(endless);
            assert_eq!(pulled.get(), 0, "nothing before the first result is asked for");
            for number in 0..40 {
                assert_eq!(stream.next().unwrap().proposal.title, format!("Part {number}"));
                assert!(
                    pulled.get() <= number + 16 * threads,
                    "{} pulled at {number}",
                    pulled.get()
                );
            }
        });
    }
}

#[test]
fn errors_come_out_in_their_place_and_a_source_at_its_end_is_not_asked_again() {
    let screener = Screener::builtin().unwrap();
    let mut number = 0;
    let source = std::iter::from_fn(|| {
        number += 1;
        assert!(number <= 51, "asked again after the end");
        match number {
            51 => None,
            _ if number % 7 == 0 => Some(Proposal::from_toml("titel = 1")),
            _ => Some(Ok::<_, Error>(Proposal::builder().title(number.to_string()).build())),
        }
    });
    let mut stream = screener.try_screen_stream(source);
    for number in 1..=50 {
        match stream.next().unwrap() {
            Ok(screening) => assert_eq!(screening.proposal.title, number.to_string()),
            Err(error) => assert!(number % 7 == 0 && error.is_malformed()),
        }
    }
    assert!(stream.next().is_none() && stream.next().is_none());
}

#[test]
fn the_work_runs_on_the_current_pool_and_the_source_on_the_thread_that_asks() {
    let screener = Screener::builtin().unwrap();
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(2)
        .thread_name(|n| format!("own {n}"))
        .build()
        .unwrap();
    let names = Mutex::new(BTreeSet::new());
    let count = pool.install(|| {
        let here = std::thread::current().id();
        let source = (0..64).inspect(move |_| assert_eq!(std::thread::current().id(), here));
        screener
            .stream_with(source, |_, number: u32| {
                names
                    .lock()
                    .unwrap()
                    .insert(std::thread::current().name().unwrap_or_default().to_owned());
                number
            })
            .zip(0..)
            .filter(|(number, place)| number == place)
            .count()
    });
    assert_eq!(count, 64);
    assert!(names.lock().unwrap().iter().all(|name| name.starts_with("own ")));
}

#[test]
fn a_stream_inside_the_work_of_another_one_does_not_stop_it() {
    let screener = Screener::builtin().unwrap();
    let counts = with_threads(2, || {
        screener
            .stream_with(0..40, |screener, _| screener.screen_stream(backlog(3)).count())
            .sum::<usize>()
    });
    assert_eq!(counts, 120);
}

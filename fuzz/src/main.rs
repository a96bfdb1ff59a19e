//! Fuzzes and replays everything in the crate that reads. One program for all targets.
//!
//! Built with `--cfg fuzzing` it is a libFuzzer program for the target that the variable
//! `SPCG_TARGET` names. Built in the plain way it replays files: all of `corpus/`, or `TARGET
//! FILE...`.
#![cfg_attr(fuzzing, no_main)]

mod targets;

use targets::{TARGETS, Target};

/// The target of a name.
fn target(name: &str) -> Option<Target> {
    TARGETS.iter().find(|(known, _)| *known == name).map(|(_, target)| *target)
}

fn names() -> String {
    TARGETS.map(|(name, _)| name).join(", ")
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    static CHOSEN: std::sync::OnceLock<Target> = std::sync::OnceLock::new();
    let chosen = CHOSEN.get_or_init(|| {
        let name = std::env::var("SPCG_TARGET").unwrap_or_default();
        target(&name).unwrap_or_else(|| panic!("set SPCG_TARGET to one of {}", names()))
    });
    chosen(bytes);
});

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    if let Some(name) = arguments.next() {
        let Some(target) = target(&name) else {
            return Err(std::io::Error::other(format!(
                "`{name}` is no target; write one of {}",
                names()
            )));
        };
        for file in arguments {
            println!("{name} {file}");
            target(&std::fs::read(&file)?);
        }
        return Ok(());
    }
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for (name, target) in TARGETS {
        let mut files: Vec<_> = std::fs::read_dir(corpus.join(name))?
            .map(|entry| Ok(entry?.path()))
            .collect::<std::io::Result<_>>()?;
        files.sort();
        let start = std::time::Instant::now();
        for file in &files {
            // A panic says where it stands, not on which input.
            let _name = OnPanic(file);
            target(&std::fs::read(file)?);
        }
        println!("{name:<12} {:>4} files {:>6.2} s", files.len(), start.elapsed().as_secs_f64());
    }
    Ok(())
}

/// Names the input when the replay panics.
#[cfg(not(fuzzing))]
struct OnPanic<'a>(&'a std::path::Path);

#[cfg(not(fuzzing))]
impl Drop for OnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("on {}", self.0.display());
        }
    }
}

//! Completions for shells and pages of the manual, out of the options themselves.

use clap::{CommandFactory, ValueEnum};

use super::Failure;
use super::output::print;

/// What can be made of a program's options.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Generated {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
    /// A page of the manual, for `man -l`
    Man,
}

/// Writes it to standard output.
pub(crate) fn write<P: CommandFactory>(what: Generated) -> Result<(), Failure> {
    let mut command = P::command();
    let name = command.get_name().to_owned();
    let mut bytes = Vec::new();
    let shell = match what {
        Generated::Bash => clap_complete::Shell::Bash,
        Generated::Elvish => clap_complete::Shell::Elvish,
        Generated::Fish => clap_complete::Shell::Fish,
        Generated::Powershell => clap_complete::Shell::PowerShell,
        Generated::Zsh => clap_complete::Shell::Zsh,
        Generated::Man => {
            clap_mangen::Man::new(command).render(&mut bytes)?;
            return print(bytes);
        }
    };
    clap_complete::generate(shell, &mut command, name, &mut bytes);
    print(bytes)
}

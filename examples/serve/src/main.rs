//! The program: options, the port, signals. Everything else is in the library beside it.

#[path = "../../support/mod.rs"]
mod support;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use serve::register::Store;
use serve::{Limits, Service, app_with, serving};
use support::generate::{self, Generated};
use support::setup::Setup;
use support::{Failure, STATUSES_OF_TOOLS, Status};
use tokio::net::TcpListener;

/// Serves a page to screen proposals on, and an interface for programs
///
/// SIGHUP opens index and checklist anew; SIGTERM and Ctrl-C end it when what is under way is
/// answered.
#[derive(Parser)]
#[command(name = "serve", version, after_help = STATUSES_OF_TOOLS)]
struct Arguments {
    /// Where it listens
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    #[command(flatten)]
    setup: Setup,
    /// Proposals that are screened at a time; as many as there are processors by default
    #[arg(long)]
    screening: Option<usize>,
    /// Proposals that are taken in at a time; one more is told to come back
    #[arg(long)]
    waiting: Option<usize>,
    /// Keep a register of proposals in this file (SQLite), under /register
    #[arg(long, value_name = "FILE")]
    register: Option<PathBuf>,
    /// Write completions for a shell, or a page of the manual
    #[arg(long, value_enum, value_name = "WHAT")]
    generate: Option<Generated>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(what) = arguments.generate {
        return support::end(generate::write::<Arguments>(what).map(|()| Status::Done));
    }
    support::end(run(&arguments))
}

fn run(arguments: &Arguments) -> Result<Status, Failure> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_ansi(false).init();
    let mut limits = Limits::default();
    for (wanted, limit) in
        [(arguments.screening, &mut limits.screening), (arguments.waiting, &mut limits.waiting)]
    {
        if let Some(wanted) = wanted {
            *limit = wanted.clamp(1, 10_000);
        }
    }
    let setup = &arguments.setup;
    let service =
        Service::new(setup.screener()?, setup.index.clone(), setup.checklist.clone(), limits);
    let rules = spcg::register::Rules::standard();
    let store = arguments.register.as_ref().map(|file| Store::open(file, rules)).transpose()?;
    let store = store.map(Arc::new);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let ended = runtime.block_on(async {
        let listener = TcpListener::bind(arguments.listen)
            .await
            .map_err(|error| Failure::new(format_args!("{}: {error}", arguments.listen)))?;
        let at = listener.local_addr()?;
        support::note(format_args!("http://{at}/"));
        let app = app_with(service.clone(), store);
        reload_on_signal(service.clone());
        let end = async {
            end_of_run().await;
            tracing::info!("ending");
            service.end();
        };
        let patience = Duration::from_secs(30);
        Ok::<bool, Failure>(serving::serve(listener, app, limits.connections, end, patience).await)
    })?;
    if ended { Ok(Status::Done) } else { Err(Failure::new("some requests were not answered")) }
}

/// Opens index and checklist anew at each SIGHUP.
#[cfg(unix)]
fn reload_on_signal(service: Service) {
    use tokio::signal::unix::{SignalKind, signal};
    tokio::spawn(async move {
        let Ok(mut hangups) = signal(SignalKind::hangup()) else { return };
        while hangups.recv().await.is_some() {
            let service = service.clone();
            match tokio::task::spawn_blocking(move || service.reload()).await {
                Ok(Ok(())) => tracing::info!("reloaded"),
                Ok(Err(error)) => tracing::error!(%error, "not reloaded; the old data serve on"),
                Err(error) => tracing::error!(%error, "not reloaded; the old data serve on"),
            }
        }
    });
}

#[cfg(not(unix))]
fn reload_on_signal(_: Service) {}

/// Comes when the program is asked to end.
async fn end_of_run() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

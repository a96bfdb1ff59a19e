//! The least of a service, as `docs/embedding.md` shows it.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::routing::post;
use spcg::{Error, Proposal, Screener};
use tokio::sync::Semaphore;

/// At most so many proposals are screened at a time.
static AT_A_TIME: Semaphore = Semaphore::const_new(4);

async fn screenings(
    State(screener): State<Screener>,
    body: Bytes,
) -> Result<String, (StatusCode, String)> {
    let _place = AT_A_TIME.acquire().await;
    let work = move || {
        let proposal = Proposal::from_bytes(&body, None)?;
        proposal.ensure_plausible()?;
        Ok(screener.screen(&proposal).to_json())
    };
    let done = tokio::task::spawn_blocking(work).await;
    let done: Result<String, Error> =
        done.map_err(|_| (StatusCode::INTERNAL_SERVER_ERROR, "a defect".to_owned()))?;
    done.map_err(|error| {
        let status = StatusCode::from_u16(error.kind().http_status());
        (status.unwrap_or(StatusCode::BAD_REQUEST), error.to_string())
    })
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Router::new()
        .route("/screenings", post(screenings))
        .layer(DefaultBodyLimit::max(16 << 20))
        .with_state(Screener::builtin()?);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
    axum::serve(listener, app).await?;
    Ok(())
}

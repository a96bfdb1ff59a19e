//! A register of proposals in a database of the service's own: what an embedder of
//! [`spcg::register`] writes.
//!
//! One row an event. The library has the rules and computes every state; the database has
//! transactions. To write, the rows of the case are read, the case is folded and asked, and the new
//! row is inserted, all in one transaction. Who may write under which name is the matter of what
//! stands before the service: it asks nobody for a password.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path as InPath, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use maud::{DOCTYPE, html};
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior};
use serde_json::json;
use spcg::proposal::Date;
use spcg::register::{Body, Case, Event, Rules, may_begin};

use crate::answer::Form;
use crate::problem::Problem;

/// One row an event: its id is the hash of its content, so that the same is never there twice.
const TABLE: &str = "create table if not exists events (
    id text primary key, case_id text not null, event text not null) strict;
    create index if not exists events_of_a_case on events (case_id);";

/// Events as rows.
#[derive(Debug)]
pub struct Store {
    connection: Mutex<Connection>,
    rules: Arc<Rules>,
}

/// Why the store cannot do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// The library or its rules say no.
    Library(spcg::Error),
    /// The database does.
    Database(rusqlite::Error),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::Library(error) => error.fmt(f),
            Failure::Database(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Failure {}

impl From<spcg::Error> for Failure {
    fn from(error: spcg::Error) -> Failure {
        Failure::Library(error)
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Failure {
        Failure::Database(error)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Failure {
        Failure::Database(rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
    }
}

impl Store {
    /// Opens a database, and makes its table where it is not there.
    ///
    /// # Errors
    /// Those of the database.
    pub fn open(path: &Path, rules: Arc<Rules>) -> Result<Store, Failure> {
        let connection = Connection::open(path)?;
        connection.execute_batch(TABLE)?;
        Ok(Store { connection: Mutex::new(connection), rules })
    }

    /// Every case, folded, in the order of their ids.
    ///
    /// # Errors
    /// Those of the database; those of a case whose rows do not fit together.
    pub fn cases(&self) -> Result<Vec<Case>, Failure> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        self.cases_of(&connection)
    }

    fn cases_of(&self, connection: &Connection) -> Result<Vec<Case>, Failure> {
        let mut select =
            connection.prepare("select case_id, event from events order by case_id, id")?;
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut all: Vec<(String, Vec<Event>)> = Vec::new();
        for row in rows {
            let (id, event): (String, String) = row?;
            let event = serde_json::from_str(&event)?;
            match all.last_mut() {
                Some((last, events)) if *last == id => events.push(event),
                _ => all.push((id, vec![event])),
            }
        }
        let fold = |(id, events): (String, Vec<Event>)| {
            Ok(Case::fold_under(self.rules.clone(), &id, events)?)
        };
        all.into_iter().map(fold).collect()
    }

    fn case_of(&self, connection: &Connection, id: &str) -> Result<Option<Case>, Failure> {
        let mut select =
            connection.prepare("select event from events where case_id = ?1 order by id")?;
        let rows = select.query_map([id], |row| row.get::<_, String>(0))?;
        let events: Vec<Event> =
            rows.map(|row| Ok(serde_json::from_str(&row?)?)).collect::<Result<_, Failure>>()?;
        if events.is_empty() {
            return Ok(None);
        }
        Ok(Some(Case::fold_under(self.rules.clone(), id, events)?))
    }

    /// Puts an event on file and returns its id. One without `after` is written on what is there;
    /// one that names other heads than the case has is a conflict. The same event again is the
    /// same row.
    ///
    /// # Errors
    /// Nothing was written then: the rules say no, or the database does.
    pub fn append(&self, id: &str, mut event: Event, today: Date) -> Result<String, Failure> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        // Immediate: nobody writes between the reading and the insertion.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        match self.case_of(&transaction, id)? {
            Some(case) => {
                if event.after.is_empty() && !matches!(event.body, Body::Received(_)) {
                    event.after = case.heads().to_vec();
                }
                let is_there = transaction
                    .query_row("select 1 from events where id = ?1", [event.id()?], |_| Ok(()))
                    .optional()?;
                if is_there.is_some() {
                    return Ok(event.id()?);
                }
                case.allow_on(&event, today)?;
            }
            None => may_begin(&self.rules, &self.cases_of(&transaction)?, id, &event)?,
        }
        let event_id = event.id()?;
        transaction.execute(
            "insert into events (id, case_id, event) values (?1, ?2, ?3)",
            (&event_id, id, serde_json::to_string(&event)?),
        )?;
        transaction.commit()?;
        Ok(event_id)
    }
}

/// The paths under `/register`.
pub fn routes(store: Arc<Store>) -> Router {
    Router::new()
        .route("/register", get(page))
        .route("/register/cases", get(list))
        .route("/register/cases/{id}/events", post(append).get(log))
        .with_state(store)
}

/// The day of today, by the clock (UTC).
fn today() -> Result<Date, Problem> {
    let day = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
    day.parse().map_err(|_| Problem::internal())
}

/// Work of the database, apart from the threads that answer.
async fn with<T: Send + 'static>(
    store: Arc<Store>,
    work: impl FnOnce(&Store) -> Result<T, Failure> + Send + 'static,
) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(move || work(&store)).await;
    match done {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(Failure::Library(error))) if error.is_conflict() => {
            let problem =
                Problem::new(StatusCode::CONFLICT, "conflict", "a conflict", error.what());
            Err(problem.with_remedy(error.remedy().unwrap_or_default()))
        }
        Ok(Err(Failure::Library(error))) if error.is_refused() => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            let problem = Problem::new(status, "refused", "refused by the procedure", error.what());
            Err(problem.with_remedy(error.remedy().unwrap_or_default()))
        }
        Ok(Err(Failure::Library(error))) => Err(Problem::from(&error)),
        Ok(Err(Failure::Database(error))) => {
            tracing::error!(%error, "the register");
            Err(Problem::internal())
        }
        Err(error) => {
            tracing::error!(%error, "the register");
            Err(Problem::internal())
        }
    }
}

async fn list(State(store): State<Arc<Store>>) -> Result<Response, Problem> {
    let today = today()?;
    let cases = with(store, Store::cases).await?;
    let all: Vec<_> = cases
        .iter()
        .map(|case| {
            let status = case.status(today);
            json!({ "title": case.title(), "heads": case.heads(), "told": status.to_string(), "status": status })
        })
        .collect();
    Ok(Json(all).into_response())
}

async fn log(
    State(store): State<Arc<Store>>,
    InPath(id): InPath<String>,
) -> Result<Response, Problem> {
    let cases = with(store, Store::cases).await?;
    let Some(case) = cases.iter().find(|case| case.id() == id) else {
        let problem = Problem::new(StatusCode::NOT_FOUND, "not-there", "not there", "no such case");
        return Err(problem.with_remedy("/register/cases lists them"));
    };
    let all: Vec<_> =
        case.log().iter().map(|entry| json!({ "id": entry.id, "event": entry.event })).collect();
    Ok(Json(all).into_response())
}

async fn append(
    State(store): State<Arc<Store>>,
    InPath(id): InPath<String>,
    event: Result<Json<Event>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(event) = event.map_err(|rejected| {
        let kind = "malformed";
        Problem::new(rejected.status(), kind, "not an event", rejected.body_text())
            .with_remedy("send one event as JSON, as `/register/cases/{id}/events` shows them")
    })?;
    let today = today()?;
    let event_id = with(store, move |store| store.append(&id, event, today)).await?;
    Ok((StatusCode::CREATED, Json(json!({ "id": event_id }))).into_response())
}

async fn page(State(store): State<Arc<Store>>) -> Result<Response, Problem> {
    let today = today()?;
    let cases = with(store, Store::cases).await?;
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Register of proposals" }
                link rel="stylesheet" href="/page.css";
            }
            body {
                main {
                    h1 { "Register of proposals" }
                    @if cases.is_empty() {
                        p { "No case is on file." }
                    } @else {
                        table {
                            thead { tr { th { "Proposal" } th { "Board" } th { "State on " (today.to_string()) } } }
                            tbody {
                                @for case in &cases {
                                    tr {
                                        td { (case.title()) @if let Some(number) = case.reference() { " (" (number) ")" } }
                                        td { (case.addressed_to().map_or("", |office| office.board())) }
                                        td { (case.status(today).to_string()) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    Ok(Form::Html.response(page.into_string()))
}

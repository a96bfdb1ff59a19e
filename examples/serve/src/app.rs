//! The router, apart from `main`, so that tests call it without a port.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{MatchedPath, Path, Query, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::json;
use spcg::catalogue::Committee;
use spcg::checklist::Consideration;
use spcg::{Organization, Screener};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;

use crate::answer::Form;
use crate::intake::Sent;
use crate::openapi;
use crate::problem::Problem;
use crate::register::{self, Store};
use crate::state::Service;

/// All that can be asked: path, method, handler. The description in OpenAPI is held against it.
#[must_use]
pub fn routes() -> Vec<(&'static str, &'static str, MethodRouter<Service>)> {
    vec![
        ("/", "get", get(page)),
        ("/page.css", "get", get(style)),
        ("/page.js", "get", get(script)),
        ("/screenings", "post", post(screen)),
        ("/rules", "get", get(rules)),
        ("/rules/{id}", "get", get(rule)),
        ("/committees", "get", get(committees)),
        ("/committees/{*reference}", "get", get(committee)),
        ("/health", "get", get(health)),
        ("/ready", "get", get(ready)),
        ("/openapi.json", "get", get(description)),
        ("/schemas/proposal.json", "get", get(proposal_schema)),
        ("/schemas/screening.json", "get", get(screening_schema)),
    ]
}

/// The whole service.
pub fn app(service: Service) -> Router {
    app_with(service, None)
}

/// The whole service, with a register of proposals.
pub fn app_with(service: Service, register: Option<Arc<Store>>) -> Router {
    let mut router = Router::new();
    for (path, _, handler) in routes() {
        router = router.route(path, handler);
    }
    if let Some(store) = register {
        router = router.merge(register::routes(store).with_state(()));
    }
    let header = |name: HeaderName, value| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    router
        .fallback(nothing_here)
        .method_not_allowed_fallback(not_so)
        .layer(CompressionLayer::new())
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::REFERRER_POLICY, "no-referrer"))
        .layer(header(header::CONTENT_SECURITY_POLICY, POLICY))
        .layer(CatchPanicLayer::custom(|_| Problem::internal().into_response()))
        .layer(TraceLayer::new_for_http().make_span_with(span).on_request(()).on_response(
            |response: &Response, latency: Duration, _: &tracing::Span| {
                let milliseconds = latency.as_secs_f64() * 1e3;
                tracing::info!(status = response.status().as_u16(), milliseconds, "answered");
            },
        ))
        .with_state(service)
}

/// Scripts are the page's own only; reports carry their own style, and no scripts.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    connect-src 'self'; img-src 'self' data:; frame-src blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

/// What the log tells of a request: method and the pattern of its path, nothing that was sent.
fn span(request: &Request) -> tracing::Span {
    let path = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str);
    tracing::info_span!("request", method = %request.method(), path)
}

async fn nothing_here() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "not-there", "not there", "there is nothing at this path")
        .with_remedy("/openapi.json tells what there is")
}

async fn not_so() -> Problem {
    let detail = "this path does not answer to this method";
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method", "not so", detail)
        .with_remedy("/openapi.json tells which it answers to")
}

// ---- the page ----

async fn page() -> Response {
    Form::Html.response(include_str!("../page/index.html").to_owned())
}

async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("../page/page.css"))
}

async fn script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], include_str!("../page/page.js"))
}

// ---- screenings ----

async fn screen(State(service): State<Service>, request: Request) -> Result<Response, Problem> {
    if !service.is_ready() {
        return Err(Problem::busy());
    }
    let form = Form::wanted(request.headers())?;
    let limits = *service.limits();
    let Ok(_place) = service.taken_in().clone().try_acquire_owned() else {
        return Err(Problem::busy());
    };
    let sent = tokio::time::timeout(limits.arrival, Sent::take(request, limits.body)).await;
    let sent = sent.unwrap_or_else(|_| {
        let detail = format!("the body took longer than {} s", limits.arrival.as_secs());
        let status = StatusCode::REQUEST_TIMEOUT;
        Err(Problem::new(status, "slow", "too slow", detail).with_remedy("try again"))
    })?;
    let answer = service.screen(
        move || sent.read(),
        move |screener, screening, proposal| form.report(screener, screening, proposal),
    );
    Ok(form.response(answer.await?))
}

// ---- rules and committees ----

#[derive(Serialize)]
struct RuleAnswer<'a> {
    id: &'a str,
    name: &'a str,
    severity: String,
    question: &'a str,
    explanation: &'a str,
    source: &'a str,
}

fn told(one: &Consideration) -> RuleAnswer<'_> {
    RuleAnswer {
        id: one.id(),
        name: one.name(),
        severity: one.severity().to_string(),
        question: one.question(),
        explanation: one.explanation(),
        source: one.source(),
    }
}

async fn rules(State(service): State<Service>) -> Response {
    let screener = service.screener();
    let checklist = screener.checklist();
    let rules: Vec<RuleAnswer<'_>> = checklist.considerations().iter().map(told).collect();
    Json(json!({ "checklist": checklist.identity().to_string(), "rules": rules })).into_response()
}

async fn rule(State(service): State<Service>, Path(id): Path<String>) -> Result<Response, Problem> {
    match service.screener().checklist().get(&id) {
        Some(one) => Ok(Json(told(one)).into_response()),
        None => Err(Problem::new(
            StatusCode::NOT_FOUND,
            "not-there",
            "not there",
            "the checklist has no such rule",
        )
        .with_remedy("/rules tells which there are")),
    }
}

#[derive(Deserialize)]
struct Wanted {
    organization: Option<String>,
}

#[derive(Serialize)]
struct CommitteeAnswer {
    reference: String,
    title: String,
    active: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<String>,
}

impl CommitteeAnswer {
    fn of(committee: &Committee) -> CommitteeAnswer {
        CommitteeAnswer {
            reference: committee.reference().to_string(),
            title: committee.title().to_owned(),
            active: committee.is_active(),
            parent: committee.parent().map(ToString::to_string),
        }
    }
}

async fn committees(
    State(service): State<Service>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let organization: Option<Organization> = wanted
        .organization
        .map(|name| name.parse())
        .transpose()
        .map_err(|error: spcg::Error| Problem::from(&error))?;
    let screener = service.screener();
    let list: Vec<CommitteeAnswer> = match organization {
        Some(organization) => {
            screener.catalogue().of_organization(organization).map(CommitteeAnswer::of).collect()
        }
        None => screener.catalogue().iter().map(CommitteeAnswer::of).collect(),
    };
    Ok(Json(list).into_response())
}

async fn committee(
    State(service): State<Service>,
    Path(reference): Path<String>,
) -> Result<Response, Problem> {
    let screener = service.screener();
    let catalogue = screener.catalogue();
    let found = catalogue.find(&reference).map_err(|error| Problem::from(&error))?;
    let names = |list: &mut dyn Iterator<Item = &Committee>| -> Vec<String> {
        list.map(|one| one.reference().to_string()).collect()
    };
    Ok(Json(json!({
        "reference": found.reference().to_string(),
        "title": found.title(),
        "active": found.is_active(),
        "parent": found.parent().map(ToString::to_string),
        "children": names(&mut catalogue.children(found.reference())),
        "liaisons": names(&mut catalogue.liaisons(found.reference())),
    }))
    .into_response())
}

// ---- for machines ----

async fn health() -> Json<serde_json::Value> {
    Json(json!({ "status": "up" }))
}

async fn ready(State(service): State<Service>) -> Response {
    if !service.is_ready() {
        return Problem::busy().into_response();
    }
    let screener: Screener = service.screener();
    Json(json!({
        "status": "ready",
        "data": screener.matcher().data(),
        "works": screener.matcher().work_count(),
        "checklist": screener.checklist().identity().to_string(),
    }))
    .into_response()
}

async fn description() -> Json<serde_json::Value> {
    Json(openapi::description())
}

async fn proposal_schema() -> impl IntoResponse {
    schema(include_str!("../../../proposal.schema.json"))
}

async fn screening_schema() -> impl IntoResponse {
    schema(include_str!("../../../screening.schema.json"))
}

fn schema(text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/schema+json")], text)
}

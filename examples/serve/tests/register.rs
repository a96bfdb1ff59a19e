//! The register in a database of the service's own.
#![allow(clippy::unwrap_used)] // in a test a panic is the answer

use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, header};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use serve::register::Store;
use serve::{Limits, Service, app_with};
use spcg::Screener;
use spcg::register::{Rules, Settings};
use tower::ServiceExt as _;

fn store(file: &Path) -> Arc<Store> {
    let committees = vec!["ITU-T SG 99".to_owned()];
    let settings = Settings { committees, ..Settings::default() };
    let rules = Arc::new(Rules::new(settings, spcg::Catalogue::builtin()).unwrap());
    Arc::new(Store::open(file, rules).unwrap())
}

async fn call(store: &Arc<Store>, request: Request<Body>) -> (u16, String) {
    let service = Service::new(Screener::builtin().unwrap(), None, None, Limits::default());
    let response = app_with(service, Some(store.clone())).oneshot(request).await.unwrap();
    assert!(response.headers().contains_key(header::CONTENT_SECURITY_POLICY));
    let status = response.status().as_u16();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

async fn get(store: &Arc<Store>, path: &str) -> (u16, String) {
    call(store, Request::get(path).body(Body::empty()).unwrap()).await
}

async fn send(store: &Arc<Store>, event: &Value) -> (u16, Value) {
    let request = Request::post("/register/cases/2021-02-spare-parts/events")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(event.to_string()))
        .unwrap();
    let (status, text) = call(store, request).await;
    (status, serde_json::from_str(&text).unwrap())
}

fn received() -> Value {
    json!({ "kind": "received", "day": "2021-02-01", "by": "tmb-secretary",
        "title": "Spare <b>parts</b>", "addressed_to": "ISO", "reference": "TS/P 999",
        "proposal": { "file": "proposal.toml", "sha": "00" } })
}

#[tokio::test]
async fn events_are_rows_and_states_are_computed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("register.sqlite");
    let store = store(&file);
    assert!(get(&store, "/register").await.1.contains("No case is on file."));
    let (status, first) = send(&store, &received()).await;
    assert_eq!(status, 201, "{first}");
    let shared = json!({ "kind": "shared", "day": "2021-02-02", "by": "tmb-secretary",
        "with": ["ITU-T"], "deadline": "2021-03-10" });
    assert_eq!(send(&store, &shared).await.0, 201);
    let asked = json!({ "kind": "asked", "day": "2021-02-03", "by": "tsb-secretary",
        "committee": "ITU-T SG 99", "suggested_by": "person" });
    assert_eq!(send(&store, &asked).await.0, 201);
    // What the rules refuse is told with the remedy, and is no row.
    let outcome = json!({ "kind": "proposed", "day": "2021-02-04", "by": "tmb-secretary",
        "outcome": "nothing_to_add", "reason": "As discussed." });
    let (status, problem) = send(&store, &outcome).await;
    assert_eq!(status, 422, "{problem}");
    assert!(problem["detail"].as_str().unwrap().contains("ITU-T SG 99"), "{problem}");
    assert!(problem["remedy"].as_str().unwrap().contains("urgent"), "{problem}");
    // Who has seen another state of the case is told so.
    let mut stale = outcome.clone();
    stale["after"] = json!([first["id"]]);
    assert_eq!(send(&store, &stale).await.0, 409);
    let tomorrow = json!({ "kind": "held", "day": "9999-01-01", "by": "iec-member",
        "until": "9999-01-05", "reason": "Wait." });
    assert_eq!(send(&store, &tomorrow).await.0, 422);
    assert_eq!(send(&store, &json!({ "kind": "held", "colour": "red" })).await.0, 422);
    // The same proposal is no second case.
    let other = Request::post("/register/cases/2021-02-parts/events")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(received().to_string()))
        .unwrap();
    assert_eq!(call(&store, other).await.0, 422);
    let page = get(&store, "/register").await.1;
    assert!(page.contains("Spare &lt;b&gt;parts&lt;/b&gt; (TS/P 999)"), "{page}");
    assert!(page.contains("waiting for ITU-T SG 99 (ITU-T)"), "{page}");
    let (_, list) = get(&store, "/register/cases").await;
    let list: Value = serde_json::from_str(&list).unwrap();
    assert_eq!(list[0]["status"]["state"], "due");
    // It is all in the file, and nowhere else.
    drop(store);
    let again = self::store(&file);
    assert_eq!(again.cases().unwrap()[0].log().len(), 3);
    let (_, log) = get(&again, "/register/cases/2021-02-spare-parts/events").await;
    assert!(log.contains("\"kind\":\"asked\""), "{log}");
    assert_eq!(get(&again, "/register/cases/2021-02-nothing/events").await.0, 404);
}

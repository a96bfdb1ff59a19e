//! The service without a port: what it answers, what it refuses, what it keeps to itself.
#![allow(clippy::unwrap_used)] // in a test a panic is the answer

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use http_body_util::BodyExt as _;
use proptest::prelude::*;
use serde_json::Value;
use serve::answer::Form;
use serve::{Limits, Service, app, openapi};
use spcg::proposal::Format;
use spcg::{Proposal, Screener};
use tower::ServiceExt as _;

fn screener() -> Screener {
    static BUILTIN: LazyLock<Screener> = LazyLock::new(|| Screener::builtin().unwrap());
    BUILTIN.clone()
}

fn service() -> Service {
    Service::new(screener(), None, None, Limits::default())
}

async fn call(service: &Service, request: Request<Body>) -> Response {
    app(service.clone()).oneshot(request).await.unwrap()
}

async fn body(response: Response) -> String {
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn post(content_type: &str, accept: &str, body: impl Into<Body>) -> Request<Body> {
    Request::post("/screenings")
        .header(header::CONTENT_TYPE, content_type)
        .header(header::ACCEPT, accept)
        .body(body.into())
        .unwrap()
}

fn get(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

fn form(fields: &[(&str, Option<&str>, &[u8])]) -> Request<Body> {
    let mut bytes = Vec::new();
    for (name, file, content) in fields {
        let file = file.map_or(String::new(), |file| format!("; filename=\"{file}\""));
        let head = format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        bytes.extend_from_slice(head.as_bytes());
        bytes.extend_from_slice(content);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"--B--\r\n");
    post("multipart/form-data; boundary=B", "application/json", bytes)
}

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../proposals");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

const LIFTS: &str = "title = \"Smart lifts\"\nscope = \"Lifts that talk to robots.\"\n";

#[tokio::test]
async fn answers_are_byte_for_byte_what_the_library_gives() {
    let (service, screener) = (service(), screener());
    for path in samples() {
        let bytes = std::fs::read(&path).unwrap();
        let proposal = Proposal::from_bytes(&bytes, None).unwrap();
        let screening = screener.screen(&proposal);
        for wanted in Form::ALL {
            let request = post("application/toml", wanted.media_type(), bytes.clone());
            let response = call(&service, request).await;
            assert_eq!(response.status(), StatusCode::OK);
            let told = response.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
            assert!(told.starts_with(wanted.media_type()), "{told}");
            assert_eq!(body(response).await, wanted.report(&screener, &screening, &proposal));
        }
        assert_eq!(Form::Json.report(&screener, &screening, &proposal), screening.to_json());
        // A file of a form is named in the result, as a file is that the library opens.
        let name = path.file_name().unwrap().to_str().unwrap();
        let named = screener.screen(&Proposal::from_file(&bytes, name).unwrap());
        let response = call(&service, form(&[("text", None, b""), ("file", Some(name), &bytes)]));
        assert_eq!(body(response.await).await, named.to_json());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn whatever_is_sent_is_answered_as_the_library_answers(
        title in "\\PC{0,40}", scope in "\\PC{0,200}", cut in 0_usize..400,
    ) {
        let whole = serde_json::json!({ "title": title, "scope": scope }).to_string();
        let bytes: Vec<u8> = whole.bytes().take(cut.max(1)).collect();
        let (service, screener) = (service(), screener());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let (status, answer) = runtime.block_on(async {
            let request = post("application/json", "application/json", bytes.clone());
            let response = call(&service, request).await;
            (response.status().as_u16(), body(response).await)
        });
        match Proposal::from_bytes(&bytes, Some(Format::Json)) {
            Ok(proposal) => {
                prop_assert_eq!(status, 200);
                prop_assert_eq!(answer, screener.screen(&proposal).to_json());
            }
            Err(error) => {
                prop_assert_eq!(status, error.kind().http_status());
                let problem: Value = serde_json::from_str(&answer).unwrap();
                prop_assert_eq!(problem["detail"].as_str().unwrap(), error.what());
            }
        }
    }
}

#[tokio::test]
async fn the_form_of_the_answer_is_the_one_that_is_wanted_most() {
    let service = service();
    for (accept, expected) in [
        ("*/*", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/*;q=0.5, application/json;q=0.4", "text/markdown"),
        ("application/json;q=0.2, text/plain", "text/plain"),
        ("image/png, text/markdown;q=0.1", "text/markdown"),
    ] {
        let response = call(&service, post("application/toml", accept, LIFTS)).await;
        let told = response.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
        assert!(told.starts_with(expected), "{accept}: {told}");
    }
    let response = call(&service, post("application/toml", "image/png", LIFTS)).await;
    assert_eq!(response.status(), StatusCode::NOT_ACCEPTABLE);
}

#[tokio::test]
async fn problems_tell_status_place_and_remedy() {
    let service = service();
    let large = vec![b' '; Limits::default().body + 1];
    let cases: Vec<(Request<Body>, u16, &str)> = vec![
        (post("application/toml", "*/*", "title = Smart lifts"), 400, "not TOML"),
        (post("application/json", "*/*", "{\"title\": "), 400, "not JSON"),
        (post("application/json", "*/*", ""), 400, "empty"),
        (post("application/toml", "*/*", "titel = \"A\""), 422, "unknown field `titel`"),
        (post("application/json", "*/*", "{\"date\": \"soon\"}"), 422, "date"),
        (post("text/plain", "*/*", "Dear all, the lift is broken."), 422, "no headings"),
        (post("text/markdown", "*/*", "# lift\n\n## Usage\n\nNone.\n"), 422, "no proposal"),
        (post("image/png", "*/*", "x"), 415, "`image/png` is not read"),
        (post("application/octet-stream", "*/*", "%PDF-1.7 and more"), 415, "not read"),
        // Pictures and scans, whatever they are called.
        (
            post("application/octet-stream", "*/*", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..]),
            415,
            "picture",
        ),
        (post("text/plain", "*/*", &b"\xff\xd8\xff\xe0\0\x10JFIF"[..]), 415, "picture"),
        (form(&[("file", Some("scan.tiff"), b"II*\0\x08\0\0\0")]), 415, "picture"),
        (form(&[("file", Some("scan.docx"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")]), 415, "picture"),
        (post("application/toml", "*/*", large.clone()), 413, "16 MiB"),
        (form(&[("file", Some("a.toml"), &large)]), 413, "16 MiB"),
        (form(&[("other", None, b"x")]), 400, "neither"),
        (post("multipart/form-data", "*/*", "x"), 400, "boundary"),
        (post("multipart/form-data; boundary=B", "*/*", "--B\r\nContent"), 400, "breaks off"),
        (form(&[("file", Some("../x/a.toml"), b"titel = 1")]), 422, "`titel`"),
    ];
    for (request, status, detail) in cases {
        let response = call(&service, request).await;
        assert_eq!(response.status().as_u16(), status, "{detail}");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
        let problem: Value = serde_json::from_str(&body(response).await).unwrap();
        assert_eq!(problem["status"], status);
        assert!(problem["detail"].as_str().unwrap().contains(detail), "{problem}");
        assert!(problem["remedy"].is_string() && problem["title"].is_string(), "{problem}");
    }
    let response =
        call(&service, post("application/toml", "*/*", "title = \"A\"\nscoop = \"B\"")).await;
    let problem: Value = serde_json::from_str(&body(response).await).unwrap();
    assert_eq!((&problem["line"], &problem["column"]), (&2.into(), &1.into()));
    assert_eq!(problem["remedy"], "did you mean `scope`?");
}

#[tokio::test]
async fn the_description_and_the_router_tell_the_same() {
    let description = openapi::description();
    let paths = description["paths"].as_object().unwrap();
    let mut described: Vec<(String, String)> = Vec::new();
    for (path, methods) in paths {
        for (method, operation) in methods.as_object().unwrap() {
            described.push((path.clone(), method.clone()));
            assert!(operation["summary"].is_string(), "{path}");
        }
    }
    let mut routed: Vec<(String, String)> = app::routes()
        .into_iter()
        .map(|(path, method, _)| (path.replace("{*", "{"), method.to_owned()))
        .collect();
    described.sort();
    routed.sort();
    assert_eq!(described, routed);

    let service = service();
    for (path, method) in described {
        let real = path.replace("{id}", "C13").replace("{reference}", "ISO/IEC%20JTC%201/SC%2042");
        let statuses = paths[&path][&method]["responses"].as_object().unwrap();
        for other in ["GET", "POST", "DELETE"] {
            let request = Request::builder().method(other).uri(&real).body(Body::empty()).unwrap();
            let response = call(&service, request).await;
            if other.eq_ignore_ascii_case(&method) {
                let status = response.status().as_str().to_owned();
                assert!(statuses.contains_key(&status), "{method} {path}: {status}");
                let told = response.headers()[header::CONTENT_TYPE].to_str().unwrap();
                let told = told.split(';').next().unwrap();
                let content = statuses[&status]["content"].as_object().unwrap();
                assert!(content.contains_key(told), "{path}: {told}");
            } else {
                assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED, "{other} {path}");
            }
        }
    }
    // Every reference inside the description leads somewhere.
    let text = description.to_string();
    for reference in text.split("\"$ref\":\"").skip(1) {
        let reference = reference.split('"').next().unwrap();
        match reference.strip_prefix('#') {
            Some(pointer) => assert!(description.pointer(pointer).is_some(), "{reference}"),
            None => assert_eq!(call(&service, get(reference)).await.status(), StatusCode::OK),
        }
    }
    assert_eq!(call(&service, get("/nothing")).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(call(&service, get("/rules/C99")).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(call(&service, get("/committees/ISO/TC%20999")).await.status().as_u16(), 404);
}

/// Each status that the description tells of a screening is met, and no other.
#[tokio::test]
async fn every_status_of_a_screening_is_described_and_met() {
    let with = |limits: Limits| Service::new(screener(), None, None, limits);
    let toml = |text: &'static str| post("application/toml", "*/*", text);
    let (_sender, receiver) = tokio::sync::oneshot::channel::<()>();
    let late = post("application/toml", "*/*", Body::from_stream(futures(receiver)));
    let ended = service();
    ended.end();
    let met = [
        (service(), toml(LIFTS)),
        (service(), toml("title = Smart lifts")),
        (service(), post("application/toml", "image/png", LIFTS)),
        (with(Limits { arrival: Duration::from_millis(5), ..Limits::default() }), late),
        (with(Limits { body: 8, ..Limits::default() }), toml(LIFTS)),
        (service(), post("image/png", "*/*", "x")),
        (service(), toml("titel = \"Smart lifts\"")),
        (ended, toml(LIFTS)),
    ];
    let description = openapi::description();
    let described = description["paths"]["/screenings"]["post"]["responses"].as_object().unwrap();
    // A defect cannot be asked for.
    let mut statuses: Vec<String> = vec!["500".to_owned()];
    for (service, request) in met {
        let response = call(&service, request).await;
        let status = response.status().as_str().to_owned();
        let told = response.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
        let content = described[&status]["content"].as_object().unwrap();
        assert!(content.contains_key(told.split(';').next().unwrap()), "{status}: {told}");
        statuses.push(status);
    }
    statuses.sort();
    let described: Vec<&String> = described.keys().collect();
    assert_eq!(statuses.iter().collect::<Vec<_>>(), described);
}

/// What the description says is taken is taken, in the format that its name tells.
#[tokio::test]
async fn every_type_that_is_described_is_taken() {
    let service = service();
    let page = "<h1>Proposal</h1><h2>Title</h2><p>Smart lifts</p><h2>Scope</h2><p>Lifts.</p>";
    let mail = "From: a@example.org\r\nSubject: Smart lifts\r\n\r\nScope: Lifts.\r\n";
    for (name, format) in serve::intake::TYPES {
        let text = match format {
            Some(Format::Json) => "{\"title\": \"Smart lifts\"}",
            Some(Format::Yaml) => "title: Smart lifts\n",
            Some(Format::Text) => "# Smart lifts\n\n## Scope\n\nLifts.\n",
            Some(Format::Html) => page,
            Some(Format::Mail) => mail,
            // Archives are made by other tests; a text in their place is malformed.
            Some(Format::Docx | Format::Odt) => "title",
            _ => LIFTS,
        };
        let response = call(&service, post(name, "application/json", text)).await;
        let status = response.status().as_u16();
        let answer = body(response).await;
        if matches!(format, Some(Format::Docx | Format::Odt)) {
            assert_eq!(status, 400, "{name}: {answer}");
        } else {
            assert_eq!(status, 200, "{name}: {answer}");
            assert!(answer.contains("Smart lifts"), "{name}: {answer}");
        }
    }
}

#[tokio::test]
async fn reloading_keeps_settings_and_what_cannot_be_loaded_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("office.toml");
    std::fs::write(&path, "name = \"First\"\n").unwrap();
    let today = "2026-11-25".parse().unwrap();
    let screener = screener()
        .with_today(today)
        .with_checklist(spcg::checklist::Checklist::from_path(&path).unwrap());
    let service = Service::new(screener.clone(), None, Some(path.clone()), Limits::default());
    let held = service.screener();
    std::fs::write(&path, "name = \"Second\"\n").unwrap();
    service.reload().unwrap();
    assert_eq!(held.checklist().name(), "First");
    assert_eq!(service.screener().checklist().name(), "Second");
    std::fs::write(&path, "nam = 1\n").unwrap();
    assert!(service.reload().is_err());
    assert_eq!(service.screener().checklist().name(), "Second");
    // The day is still known: only the name of the checklist may differ in the result.
    let proposal = Proposal::from_toml(LIFTS).unwrap();
    assert_eq!(service.screener().screen(&proposal).findings, screener.screen(&proposal).findings);
}

#[tokio::test]
async fn more_work_than_is_taken_on_is_told_to_come_back() {
    let limits = Limits { waiting: 1, screening: 1, ..Limits::default() };
    let service = Service::new(screener(), None, None, limits);
    // A body that does not come holds the only place.
    let (sender, receiver) = tokio::sync::oneshot::channel::<()>();
    let slow = Body::from_stream(futures(receiver));
    let first = tokio::spawn({
        let service = service.clone();
        async move { call(&service, post("application/toml", "*/*", slow)).await.status() }
    });
    tokio::task::yield_now().await;
    let response = call(&service, post("application/toml", "*/*", LIFTS)).await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(response.headers()[header::RETRY_AFTER], "1");
    sender.send(()).unwrap();
    assert_eq!(first.await.unwrap(), StatusCode::OK);
    let response = call(&service, post("application/toml", "*/*", LIFTS)).await;
    assert_eq!(response.status(), StatusCode::OK);
    service.end();
    assert_eq!(call(&service, get("/ready")).await.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(call(&service, get("/health")).await.status(), StatusCode::OK);
}

/// A body that comes once it is told to.
fn futures(
    told: tokio::sync::oneshot::Receiver<()>,
) -> impl futures_util::Stream<Item = Result<&'static str, std::convert::Infallible>> {
    futures_util::stream::once(async move {
        let _ = told.await;
        Ok(LIFTS)
    })
}

#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_come_is_not_waited_for_for_ever() {
    let service = service();
    let (_sender, receiver) = tokio::sync::oneshot::channel::<()>();
    let slow = Body::from_stream(futures(receiver));
    let response = call(&service, post("application/toml", "*/*", slow)).await;
    assert_eq!(response.status(), StatusCode::REQUEST_TIMEOUT);
}

#[tokio::test]
async fn what_was_sent_cannot_act_on_the_page() {
    let service = service();
    let hostile = "</title><script>alert(1)</script>\" onload='x' &amp; \u{202e}";
    let record = serde_json::json!({
        "title": hostile, "scope": hostile, "out_of_scope": [hostile], "proposer": hostile,
        "related_committees": [format!("{hostile} ISO/TC 299")],
    });
    let response = call(&service, post("application/json", "text/html", record.to_string())).await;
    let page = body(response).await;
    assert!(page.contains("&lt;script&gt;alert(1)") && page.contains("&amp;amp;"), "{page}");
    assert!(!page.contains("<script") && !page.contains("onload='x' &amp; "), "{page}");
    // Every link inside leads somewhere.
    for link in page.split("href=\"#").skip(1) {
        let target = link.split('"').next().unwrap();
        assert!(page.contains(&format!("id=\"{target}\"")), "{target}");
    }
}

#[tokio::test]
async fn the_page_loads_nothing_from_elsewhere() {
    let service = service();
    for path in ["/", "/page.css", "/page.js"] {
        let response = call(&service, get(path)).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert!(response.headers().contains_key(header::CONTENT_SECURITY_POLICY));
        let text = body(response).await;
        assert!(!text.contains("http://") && !text.contains("https://"), "{path}");
    }
}

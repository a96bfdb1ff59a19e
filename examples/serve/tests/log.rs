//! What the log tells, as a program of its own: there is one log a program.
#![allow(clippy::unwrap_used)] // in a test a panic is the answer

use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{Request, header};
use serve::{Limits, Service, app};
use spcg::Screener;
use tower::ServiceExt as _;

/// Keeps the log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_holds_nothing_of_a_proposal() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let screener = Screener::builtin().unwrap();
    let service = Service::new(screener, None, None, Limits::default());
    for text in ["title = \"Xylophagous\"\nscope = \"S\"", "xylophagous = 1", "Xylophagous"] {
        let form = format!(
            "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"xylophagous.toml\"\r\n\r\n{text}\r\n--B--\r\n"
        );
        for (content_type, body) in
            [("application/toml", text.to_owned()), ("multipart/form-data; boundary=B", form)]
        {
            let request = Request::post("/screenings")
                .header(header::CONTENT_TYPE, content_type)
                .body(Body::from(body))
                .unwrap();
            app(service.clone()).oneshot(request).await.unwrap();
        }
    }
    let request = Request::get("/rules/xylophagous?xylophagous=1").body(Body::empty()).unwrap();
    app(service.clone()).oneshot(request).await.unwrap();
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("answered") && log.contains("/screenings"), "{log}");
    assert!(!log.to_lowercase().contains("xylophagous"), "{log}");
}

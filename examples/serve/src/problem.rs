//! Errors as `application/problem+json` (RFC 9457), with place and remedy.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// Why a request cannot be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem(Box<Details>);

/// What is told of a problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Details {
    /// Which kind of problem it is, to branch on.
    #[serde(rename = "type")]
    kind: String,
    /// The kind in a few words.
    title: String,
    /// The status of the answer.
    status: u16,
    /// What is wrong, with its place.
    detail: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<String>,
    /// The line of what was sent, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    /// The column in characters, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    /// After how many seconds it is worth another try.
    #[serde(skip)]
    retry_after: Option<u32>,
}

impl Problem {
    /// A problem of the service itself.
    pub fn new(status: StatusCode, kind: &str, title: &str, detail: impl Into<String>) -> Problem {
        Problem(Box::new(Details {
            kind: format!("urn:spcg:problem:{kind}"),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            remedy: None,
            line: None,
            column: None,
            retry_after: None,
        }))
    }

    /// The same with what to do about it.
    #[must_use]
    pub fn with_remedy(mut self, remedy: impl Into<String>) -> Problem {
        self.0.remedy = Some(remedy.into());
        self
    }

    /// More work than the service takes on at a time.
    #[must_use]
    pub fn busy() -> Problem {
        let detail = "the service has as much work as it takes on at a time";
        let mut problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "busy", detail);
        problem.0.retry_after = Some(1);
        problem.with_remedy("try again in a second")
    }

    /// A body of more than `limit` bytes.
    #[must_use]
    pub fn too_large(limit: usize) -> Problem {
        let detail = format!("the body has more than {} MiB", limit >> 20);
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "too large", detail)
            .with_remedy("leave out pictures and annexes")
    }

    /// A defect of the service: what it is stands in the log, not in the answer.
    #[must_use]
    pub fn internal() -> Problem {
        let detail = "the service failed; its log tells more";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "a defect", detail)
    }
}

impl From<&spcg::Error> for Problem {
    fn from(error: &spcg::Error) -> Problem {
        let kind = error.kind();
        Problem(Box::new(Details {
            kind: format!("urn:spcg:problem:{}", kind.title().replace([' ', ','], "-")),
            title: kind.title().to_owned(),
            status: kind.http_status(),
            detail: error.what(),
            remedy: error.remedy().map(|remedy| remedy.into_owned()),
            line: error.line(),
            column: error.column(),
            retry_after: None,
        }))
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after = self.0.retry_after;
        let mut response = (status, Json(&self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

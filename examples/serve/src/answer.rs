//! In which form an answer is wanted, and what it holds: exactly what the library gives.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use spcg::report::ReportOptions;
use spcg::{Proposal, Screener, Screening};

use crate::problem::Problem;

/// A form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The whole result.
    Json,
    /// For people who edit it further.
    Markdown,
    /// For people who read it in a browser.
    Html,
    /// For people at a terminal.
    Text,
}

impl Form {
    /// All forms; the first is given where anything will do.
    pub const ALL: [Form; 4] = [Form::Json, Form::Markdown, Form::Html, Form::Text];

    /// The type of content.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Form::Json => "application/json",
            Form::Markdown => "text/markdown",
            Form::Html => "text/html",
            Form::Text => "text/plain",
        }
    }

    /// The form that the client wants most (RFC 9110, 12.5.1).
    ///
    /// # Errors
    /// 406 when it wants none of them.
    pub fn wanted(headers: &HeaderMap) -> Result<Form, Problem> {
        let mut accepted = String::new();
        for value in headers.get_all(header::ACCEPT) {
            accepted.push_str(value.to_str().unwrap_or_default());
            accepted.push(',');
        }
        if accepted.trim_matches([',', ' ']).is_empty() {
            return Ok(Form::Json);
        }
        // Of equal wishes the more exact one counts, then the earlier one.
        let mut best: Option<(u32, usize, Form)> = None;
        for wish in accepted.split(',') {
            let mut parts = wish.split(';').map(str::trim);
            let range = parts.next().unwrap_or_default().to_ascii_lowercase();
            let quality = parts
                .find_map(|part| part.strip_prefix("q="))
                .map_or(Some(1.0), |text| text.parse::<f32>().ok())
                .filter(|quality| (0.0..=1.0).contains(quality));
            let Some(quality) = quality else { continue };
            let found = Form::ALL.into_iter().find(|form| match range.split_once('/') {
                Some(("*", "*")) => true,
                Some((kind, "*")) => form.media_type().split('/').next() == Some(kind),
                _ => form.media_type() == range,
            });
            let exactness =
                usize::from(!range.ends_with("/*")) + usize::from(!range.starts_with('*'));
            let weight = (quality * 1000.0).round() as u32;
            if let Some(form) = found
                && weight > 0
                && best.is_none_or(|(known, exact, _)| (weight, exactness) > (known, exact))
            {
                best = Some((weight, exactness, form));
            }
        }
        best.map(|(_, _, form)| form).ok_or_else(|| {
            let known = Form::ALL.map(Form::media_type).join(", ");
            Problem::new(
                StatusCode::NOT_ACCEPTABLE,
                "not-acceptable",
                "no such form",
                "a report is not given in any of the forms that are accepted",
            )
            .with_remedy(format!("accept one of {known}"))
        })
    }

    /// The report: what the library gives, unchanged.
    #[must_use]
    pub fn report(self, screener: &Screener, screening: &Screening, proposal: &Proposal) -> String {
        let options = ReportOptions::default();
        match self {
            Form::Json => screening.to_json(),
            Form::Markdown => screening.to_markdown(&options),
            Form::Html => screening.to_html(proposal, screener.checklist(), &options),
            Form::Text => screening.to_text(&options),
        }
    }

    /// An answer of this form.
    #[must_use]
    pub fn response(self, body: String) -> Response {
        let content_type = match self {
            Form::Json => "application/json",
            Form::Markdown => "text/markdown; charset=utf-8",
            Form::Html => "text/html; charset=utf-8",
            Form::Text => "text/plain; charset=utf-8",
        };
        let headers = [(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, "no-store")];
        (headers, body).into_response()
    }
}

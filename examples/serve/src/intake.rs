//! What was sent: one proposal, in the body or in a field of a form.

use std::path::PathBuf;

use axum::body::Body;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::{StatusCode, header};
use bytes::Bytes;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use spcg::Proposal;
use spcg::proposal::Format;

use crate::problem::Problem;

/// A proposal that was sent and not read yet.
#[derive(Clone, Debug)]
pub struct Sent {
    bytes: Bytes,
    /// The name of the file, where it has one.
    name: Option<PathBuf>,
    format: Option<Format>,
}

/// The types of content that are taken, and what they say of the format.
pub const TYPES: &[(&str, Option<Format>)] = &[
    ("application/json", Some(Format::Json)),
    ("application/toml", Some(Format::Toml)),
    ("text/x-toml", Some(Format::Toml)),
    ("application/yaml", Some(Format::Yaml)),
    ("application/x-yaml", Some(Format::Yaml)),
    ("text/yaml", Some(Format::Yaml)),
    ("text/markdown", Some(Format::Text)),
    ("text/plain", None),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", Some(Format::Docx)),
    ("application/vnd.oasis.opendocument.text", Some(Format::Odt)),
    ("text/html", Some(Format::Html)),
    ("message/rfc822", Some(Format::Mail)),
    ("application/octet-stream", None),
    // What programs such as curl say of what they do not know.
    ("application/x-www-form-urlencoded", None),
];

impl Sent {
    /// Takes the body in, up to `limit` bytes.
    ///
    /// # Errors
    /// 413 beyond the limit, 415 for content of a type that is not taken, 400 for a form that
    /// breaks off.
    pub async fn take(request: Request, limit: usize) -> Result<Sent, Problem> {
        let sent_type = request.headers().get(header::CONTENT_TYPE).cloned();
        let sent_type = match &sent_type {
            Some(value) => value.to_str().unwrap_or("unreadable").to_ascii_lowercase(),
            None => "application/octet-stream".to_owned(),
        };
        let essence = sent_type.split(';').next().unwrap_or_default().trim();
        if essence == "multipart/form-data" {
            return Sent::from_form(request, limit).await;
        }
        let known = TYPES.iter().find(|(name, _)| *name == essence);
        let Some((_, format)) = known else {
            return Err(unsupported(essence));
        };
        let bytes = whole(request.into_body(), limit).await?;
        Ok(Sent { bytes, name: None, format: *format })
    }

    /// The file of a form, or its text where there is no file.
    async fn from_form(request: Request, limit: usize) -> Result<Sent, Problem> {
        let (parts, body) = request.into_parts();
        let request = Request::from_parts(parts, Body::new(Limited::new(body, limit)));
        let mut form = Multipart::from_request(request, &()).await.map_err(|rejection| {
            let detail = match rejection {
                MultipartRejection::InvalidBoundary(_) => "the form tells no boundary",
                _ => "the form cannot be read",
            };
            broken(detail)
        })?;
        let mut text = None;
        let mut count = 0;
        while let Some(field) = form.next_field().await.map_err(|error| torn(&error, limit))? {
            count += 1;
            if count > 16 {
                return Err(broken("the form has more than 16 fields"));
            }
            let name = field.name().unwrap_or_default().to_owned();
            let file = field.file_name().map(file_name);
            let bytes = field.bytes().await.map_err(|error| torn(&error, limit))?;
            match name.as_str() {
                "file" if !bytes.is_empty() => {
                    return Ok(Sent { bytes, name: file.flatten(), format: None });
                }
                "text" if !bytes.trim_ascii().is_empty() => {
                    text.get_or_insert(Sent { bytes, name: None, format: None });
                }
                _ => {}
            }
        }
        text.ok_or_else(|| {
            broken("the form has neither a `file` nor a `text`")
                .with_remedy("choose a file, or paste the text of a proposal")
        })
    }

    /// The proposal.
    ///
    /// # Errors
    /// Why it cannot be read, or is none.
    pub fn read(&self) -> Result<Proposal, Problem> {
        let read = || {
            let proposal = match &self.name {
                Some(name) => Proposal::from_file(&self.bytes, name)?,
                None => Proposal::from_bytes(&self.bytes, self.format)?,
            };
            proposal.ensure_plausible()?;
            Ok(proposal)
        };
        read().map_err(|error: spcg::Error| Problem::from(&error))
    }
}

/// The last part of a name that a browser gave: some give whole paths.
fn file_name(given: &str) -> Option<PathBuf> {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control()).take(200).collect();
    (!plain.is_empty()).then(|| plain.into())
}

async fn whole(body: Body, limit: usize) -> Result<Bytes, Problem> {
    match Limited::new(body, limit).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.downcast_ref::<LengthLimitError>().is_some() => {
            Err(Problem::too_large(limit))
        }
        Err(_) => Err(broken("the body breaks off")),
    }
}

/// A form that cannot be read to its end: too long, or cut.
fn torn(error: &axum::extract::multipart::MultipartError, limit: usize) -> Problem {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(cause) = source {
        if cause.downcast_ref::<LengthLimitError>().is_some() {
            return Problem::too_large(limit);
        }
        source = cause.source();
    }
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Problem::too_large(limit);
    }
    broken("the form breaks off")
}

fn broken(detail: &str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "malformed", "not in its format", detail)
        .with_remedy("send a whole file, or a form with a field `file`")
}

fn unsupported(sent: &str) -> Problem {
    let sent: String = sent.chars().filter(|c| !c.is_control()).take(80).collect();
    let names = TYPES.iter().map(|(name, _)| *name);
    let known: Vec<&str> = names.filter(|name| !name.contains("/x-")).collect();
    Problem::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "unsupported",
        "not supported",
        format!("content of the type `{sent}` is not read"),
    )
    .with_remedy(format!("send {}, or multipart/form-data", known.join(", ")))
}

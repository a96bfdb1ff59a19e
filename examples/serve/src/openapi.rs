//! The description of the interface in OpenAPI. A test holds it against the router.

use serde_json::{Value, json};

use crate::answer::Form;
use crate::intake::TYPES;

/// The description.
#[must_use]
pub fn description() -> Value {
    let problem = |text: &str| {
        json!({
            "description": text,
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } }
        })
    };
    let plain = |text: &str, media: &str| json!({ "description": text, "content": { media: { "schema": { "type": if media == "application/json" { "object" } else { "string" } } } } });
    let list = json!({ "description": "the committees", "content": { "application/json": { "schema": {
        "type": "array", "items": { "$ref": "#/components/schemas/Committee" } } } } });
    let read = |summary: &str, answer: Value| json!({ "get": { "summary": summary, "responses": { "200": answer } } });
    let malformed = problem("no such name can be");
    let named = |name: &str, summary: &str, answer: Value, missing: Value| {
        json!({ "get": {
            "summary": summary,
            "parameters": [{ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }],
            "responses": { "200": answer, "400": malformed, "404": missing }
        } })
    };
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Screening of proposals for new standards work",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Takes a proposal, gives the checklist's findings, the committees that are likely to be interested, and existing work that is close. It keeps nothing."
        },
        "paths": {
            "/": read("The page", plain("a page to drop a file on", "text/html")),
            "/page.css": read("The style of the page", plain("style", "text/css")),
            "/page.js": read("The script of the page", plain("script", "text/javascript")),
            "/screenings": { "post": screenings(&problem) },
            "/rules": read("The rules of the checklist", plain("the checklist's name and its rules", "application/json")),
            "/rules/{id}": named("id", "One rule, by its number or name", plain("the rule", "application/json"), problem("no such rule")),
            "/committees": { "get": {
                "summary": "The committees",
                "parameters": [{ "name": "organization", "in": "query", "schema": { "type": "string", "enum": ["ISO", "IEC", "ITU-T"] } }],
                "responses": { "200": list, "400": problem("no such organization") }
            } },
            "/committees/{reference}": named("reference", "One committee, by its reference; slashes stand as they are", plain("the committee", "application/json"), problem("no such committee")),
            "/health": read("Whether the service runs", plain("it runs", "application/json")),
            "/ready": { "get": { "summary": "Whether the service takes work", "responses": {
                "200": plain("it does, with these data", "application/json"), "503": problem("it is about to end") } } },
            "/openapi.json": read("This description", plain("OpenAPI", "application/json")),
            "/schemas/proposal.json": read("The schema of a proposal", plain("JSON Schema", "application/schema+json")),
            "/schemas/screening.json": read("The schema of a result", plain("JSON Schema", "application/schema+json"))
        },
        "components": { "schemas": schemas() }
    })
}

/// What answers are made of.
fn schemas() -> Value {
    json!({
        "Problem": {
            "type": "object",
            "required": ["type", "title", "status", "detail"],
            "properties": {
                "type": { "type": "string", "format": "uri" },
                "title": { "type": "string" },
                "status": { "type": "integer" },
                "detail": { "type": "string" },
                "remedy": { "type": "string" },
                "line": { "type": "integer", "minimum": 1 },
                "column": { "type": "integer", "minimum": 1 }
            }
        },
        "Committee": {
            "type": "object",
            "required": ["reference", "title", "active"],
            "properties": {
                "reference": { "type": "string" },
                "title": { "type": "string" },
                "active": { "type": "boolean" },
                "parent": { "type": "string" }
            }
        }
    })
}

fn screenings(problem: &dyn Fn(&str) -> Value) -> Value {
    let mut taken = serde_json::Map::new();
    for (name, _) in TYPES {
        taken.insert(
            (*name).to_owned(),
            json!({ "schema": { "type": "string", "format": "binary" } }),
        );
    }
    taken.insert(
        "application/json".to_owned(),
        json!({ "schema": { "$ref": "/schemas/proposal.json" } }),
    );
    taken.insert(
        "multipart/form-data".to_owned(),
        json!({ "schema": { "type": "object", "properties": {
            "file": { "type": "string", "format": "binary" },
            "text": { "type": "string" }
        } } }),
    );
    let mut given = serde_json::Map::new();
    for form in Form::ALL {
        let schema = match form {
            Form::Json => json!({ "$ref": "/schemas/screening.json" }),
            _ => json!({ "type": "string" }),
        };
        given.insert(form.media_type().to_owned(), json!({ "schema": schema }));
    }
    json!({
        "summary": "Screens one proposal",
        "requestBody": { "required": true, "content": taken },
        "responses": {
            "200": { "description": "the result, in the form that `Accept` asks for", "content": given },
            "400": problem("it does not follow its format"),
            "406": problem("a report is not given in such a form"),
            "408": problem("the body came too slowly"),
            "413": problem("it is too large"),
            "415": problem("content of this type is not read"),
            "422": problem("a field or value has no place in a proposal, or it is none"),
            "500": problem("a defect of the service"),
            "503": problem("as much work as the service takes on at a time")
        }
    })
}

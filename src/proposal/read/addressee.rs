//! A committee told where an organization is asked for: `organization = "ISO/IEC JTC 1"`.

use super::tree::{Entry, Node, Value};
use crate::reference::{CommitteeRef, Organization};

/// Puts a committee that stands as the organization into its own field, with its organization in
/// its place. A committee that is given beside it, or another text, is left as it is.
pub(super) fn settle(root: &mut Node) {
    let Value::Table(entries) = &mut root.value else { return };
    let Some(at) = entries.iter().position(|entry| entry.key == "organization") else { return };
    let Value::Text(text) = &entries[at].node.value else { return };
    if text.parse::<Organization>().is_ok() {
        return;
    }
    let Ok(committee) = text.parse::<CommitteeRef>() else { return };
    let organization = committee.organization().name().to_owned();
    entries[at].node.value = Value::Text(organization);
    if entries.iter().all(|entry| entry.key != "committee") {
        let Entry { spot, node, .. } = &entries[at];
        let node = Node::text(committee.to_string(), node.spot);
        let entry = Entry { key: "committee".to_owned(), spot: *spot, node };
        entries.push(entry);
    }
}

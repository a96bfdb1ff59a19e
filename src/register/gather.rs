//! How events come to facts: what stands, what excludes what, and what each kind adds.

use std::collections::{BTreeMap, BTreeSet};

use super::body::*;
use super::case::{AskedCommittee, Case, Conflict, Entry, Statement, Voice};
use super::event::Event;
use super::order;
use super::vocabulary::*;

impl Case {
    /// What `settled` set aside, what was retracted, and what was corrected to what.
    pub(super) fn set_aside(&mut self) {
        for entry in &self.entries {
            if let Body::Settled(settled) = &entry.event.body {
                self.dead.extend(settled.set_aside.iter().cloned());
            }
        }
        // What takes back comes after what it takes back: from the end, each is known to stand or
        // not before it acts. A retraction that is taken back lets its event stand again.
        for entry in self.entries.iter().rev() {
            if let Body::Retracted(retracted) = &entry.event.body
                && !self.dead.contains(&entry.id)
            {
                self.dead.insert(retracted.of.clone());
            }
        }
        // A correction of a correction is of what the first one was of.
        let mut roots: BTreeMap<&str, &str> = BTreeMap::new();
        for entry in &self.entries {
            let Body::Corrected(corrected) = &entry.event.body else { continue };
            let of = corrected.of.as_str();
            let root = roots.get(of).copied().unwrap_or(of);
            roots.insert(&entry.id, root);
            if !self.dead.contains(&entry.id) {
                self.corrected.insert(root.to_owned(), (*corrected.content).clone());
            }
        }
    }

    pub(super) fn find_conflicts(&mut self) {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            if !self.dead.contains(&entry.id)
                && let Some(group) = self.exclusive_group(&entry.event)
            {
                groups.entry(group).or_default().push(at);
            }
        }
        for places in groups.values() {
            let mut ids: BTreeSet<usize> = BTreeSet::new();
            for (at, later) in places.iter().enumerate() {
                // The order puts what is behind an event before it.
                for earlier in &places[..at] {
                    if !order::contains(&self.behind[*later], *earlier) {
                        ids.extend([*earlier, *later]);
                    }
                }
            }
            if !ids.is_empty() {
                let ids = ids.into_iter().map(|at| self.entries[at].id.clone()).collect();
                self.conflicts.push(Conflict { ids });
            }
        }
    }

    /// Folds every event that stands into the facts.
    pub(super) fn gather(&mut self) {
        let entries = std::mem::take(&mut self.entries);
        for (at, entry) in entries.iter().enumerate() {
            if !self.dead.contains(&entry.id) {
                let event = self.corrected.get(&entry.id).unwrap_or(&entry.event).clone();
                self.take(at, &entry.id, &event);
            }
        }
        self.entries = entries;
        let deadline = self.facts.deadline;
        let asked = self.facts.asked.clone();
        let last = self.facts.revisions.len();
        let since = self.facts.revisions.iter().rposition(|(_, stand)| !stand).unwrap_or(0) + 1;
        for statement in &mut self.facts.statements {
            let own = asked
                .iter()
                .rev()
                .find(|one| statement.voice == Voice::Committee(one.committee.clone()));
            let limit = own.and_then(|one| one.asked.deadline).or(deadline);
            statement.late = limit.is_some_and(|limit| statement.day > limit);
            statement.stands = statement.revision >= since.min(last.max(1));
        }
        // A committee that speaks again on the same aspect replaces what it said.
        let mut latest: BTreeMap<(Voice, Option<String>), usize> = BTreeMap::new();
        for (at, one) in self.facts.statements.iter().enumerate() {
            if matches!(one.voice, Voice::Committee(_)) {
                latest.insert((one.voice.clone(), one.said.aspect.clone()), at);
            }
        }
        let keep: BTreeSet<usize> = latest.into_values().collect();
        let mut at = 0;
        self.facts.statements.retain(|one| {
            at += 1;
            keep.contains(&(at - 1)) || matches!(one.voice, Voice::Unnamed(_))
        });
    }

    fn take(&mut self, at: usize, id: &str, event: &Event) {
        let facts = &mut self.facts;
        let day = event.day;
        match &event.body {
            Body::Received(received) => {
                facts.revisions.push((received.proposal.clone(), true));
                facts.received = Some((id.to_owned(), received.clone(), day));
            }
            Body::Screened(screened) => facts.screened = Some(screened.clone()),
            Body::Shared(shared) => {
                facts.deadline = Some(shared.deadline);
                facts.shared = Some((shared.clone(), day));
            }
            Body::Extended(extended) => facts.deadline = Some(extended.deadline),
            Body::Asked(asked) => {
                if let Ok(committee) = asked.committee.parse() {
                    facts.asked.push(AskedCommittee {
                        id: id.to_owned(),
                        committee,
                        day,
                        asked: asked.clone(),
                        visible: event.visible,
                    });
                }
            }
            Body::Reminded(reminded) => facts.reminded.push((day, reminded.clone())),
            Body::Statement(said) => {
                let committee = said.committee.as_deref().and_then(|one| one.parse().ok());
                let voice = committee
                    .map(Voice::Committee)
                    .or_else(|| said.organization.map(Voice::Unnamed));
                if let Some(voice) = voice {
                    facts.statements.push(Statement {
                        id: id.to_owned(),
                        day,
                        voice,
                        said: said.clone(),
                        source: event.source.clone().unwrap_or_default(),
                        visible: event.visible,
                        late: false,
                        revision: facts.revisions.len().max(1),
                        stands: true,
                    });
                }
            }
            Body::Comment(comment) => {
                let entry = Entry { id: id.to_owned(), event: event.clone() };
                facts.comments.push((entry, comment.clone()));
            }
            Body::Revised(revised) => {
                facts.revisions.push((revised.proposal.clone(), revised.statements_stand));
            }
            Body::Held(held) => facts.held = Some(held.clone()),
            Body::Released(_) => facts.held = None,
            Body::Noted(noted) => {
                for one in &noted.events {
                    facts.noted.insert(one.clone(), (noted.disposition, event.visible));
                }
            }
            _ => self.take_outcome(at, event),
        }
    }

    fn take_outcome(&mut self, at: usize, event: &Event) {
        let office = self.rules.actor(&event.by).ok().and_then(|actor| actor.office);
        let facts = &mut self.facts;
        match &event.body {
            Body::Proposed(proposed) => {
                facts.positions.clear();
                facts.sent = None;
                facts.proposed = Some((at, proposed.clone()));
            }
            Body::Agreed(agreed) => {
                if let Some(office) = office {
                    facts.positions.insert(office, (agreed.clone(), event.visible));
                }
            }
            Body::Sent(sent) => facts.sent = Some((sent.clone(), event.day)),
            Body::BoardDecided(decided) => {
                let source = event.source.clone().unwrap_or_default();
                facts.decided.push((decided.clone(), event.day, source, event.visible));
            }
            Body::Feedback(feedback) => facts.feedback.push((feedback.clone(), event.visible)),
            Body::Linked(linked) if linked.relation == Relation::Duplicate => {
                facts.duplicate_of = linked.case.clone();
            }
            Body::Withdrawn(_) => facts.withdrawn = true,
            Body::Closed(_) => facts.closed = true,
            Body::Reopened(_) => {
                facts.closed = false;
                facts.withdrawn = false;
            }
            _ => {}
        }
    }
}

//! The texts of a proposal, one after the other.

use super::Proposal;

impl Proposal {
    /// Every text of the proposal with the name of its field, in the order of the record, without
    /// empty ones.
    ///
    /// ```
    /// let proposal = spcg::Proposal::builder().title("Smart lifts").excludes("escalators (ISO/TC 178)").build();
    /// let texts: Vec<_> = proposal.texts().collect();
    /// assert_eq!(texts[0], ("title".to_owned(), "Smart lifts"));
    /// assert_eq!(texts[1], ("out_of_scope[0].subject".to_owned(), "escalators (ISO/TC 178)"));
    /// ```
    pub fn texts(&self) -> impl Iterator<Item = (String, &str)> {
        let mut texts = Texts(Vec::new());
        texts.add("title", &self.title);
        texts.option("proposer", self.proposer.as_ref());
        texts.add("scope", &self.scope);
        for (at, exclusion) in self.out_of_scope.iter().enumerate() {
            let name = format!("out_of_scope[{at}]");
            texts.add(&format!("{name}.subject"), &exclusion.subject);
            for (at, body) in exclusion.committees.iter().enumerate() {
                texts.add(&format!("{name}.committees[{at}]"), body.text());
            }
        }
        texts.add("purpose", &self.purpose);
        texts.add("justification", &self.justification);
        texts.add("market_need", &self.market_need);
        for (at, stakeholder) in self.stakeholders.iter().enumerate() {
            let name = format!("stakeholders[{at}]");
            texts.add(&format!("{name}.category"), &stakeholder.category);
            texts.option(&format!("{name}.effect"), stakeholder.effect.as_ref());
            texts.list(&format!("{name}.contacts"), &stakeholder.contacts);
        }
        texts.list("programme", &self.programme);
        self.work_texts(&mut texts);
        self.cooperation_texts(&mut texts);
        self.plan_texts(&mut texts);
        texts.0.into_iter()
    }

    /// What is known of existing work.
    fn work_texts<'a>(&'a self, texts: &mut Texts<'a>) {
        for (at, search) in self.existing_work_searched.iter().enumerate() {
            let name = format!("existing_work_searched[{at}]");
            texts.option(&format!("{name}.organization"), search.organization.as_ref());
            texts.option(&format!("{name}.database"), search.database.as_ref());
            texts.option(&format!("{name}.query"), search.query.as_ref());
            texts.list(&format!("{name}.findings"), &search.findings);
        }
        for (at, standard) in self.related_standards.iter().enumerate() {
            let name = format!("related_standards[{at}]");
            texts.add(&format!("{name}.reference"), standard.reference.text());
            texts.option(&format!("{name}.title"), standard.title.as_ref());
            texts.option(&format!("{name}.organization"), standard.organization.as_ref());
            texts.option(&format!("{name}.relation"), standard.relation.as_ref());
            texts.option(&format!("{name}.significance"), standard.significance.as_ref());
            texts.option(&format!("{name}.distinction"), standard.distinction.as_ref());
        }
        for (at, body) in self.related_committees.iter().enumerate() {
            texts.add(&format!("related_committees[{at}]"), body.text());
        }
        if let Some(option) = &self.existing_committee_option {
            for (at, body) in option.committees.iter().enumerate() {
                texts.add(&format!("existing_committee_option.committees[{at}]"), body.text());
            }
            texts.option("existing_committee_option.reason", option.reason.as_ref());
        }
        texts.option("alternatives_considered", self.alternatives_considered.as_ref());
        if let Some(answer) = &self.submitted_elsewhere {
            texts.add(
                "submitted_elsewhere.body",
                answer.body.as_ref().map_or("", |body| body.text()),
            );
            texts.option("submitted_elsewhere.state", answer.state.as_ref());
        }
    }

    /// Who was asked, and how the work is to be done together.
    fn cooperation_texts<'a>(&'a self, texts: &mut Texts<'a>) {
        for (at, contact) in self.contacts_made.iter().enumerate() {
            let name = format!("contacts_made[{at}]");
            texts.add(
                &format!("{name}.committee"),
                contact.committee.as_ref().map_or("", |body| body.text()),
            );
            texts.option(&format!("{name}.organization"), contact.organization.as_ref());
            texts.option(&format!("{name}.role"), contact.role.as_ref());
            texts.option(&format!("{name}.note"), contact.note.as_ref());
        }
        for (at, disagreement) in self.open_disagreements.iter().enumerate() {
            let name = format!("open_disagreements[{at}]");
            texts.add(
                &format!("{name}.committee"),
                disagreement.committee.as_ref().map_or("", |body| body.text()),
            );
            texts.option(&format!("{name}.description"), disagreement.description.as_ref());
            texts.option(&format!("{name}.next_step"), disagreement.next_step.as_ref());
        }
        for (at, liaison) in self.liaisons.iter().enumerate() {
            texts.add(&format!("liaisons[{at}].body"), liaison.body.text());
            texts.option(&format!("liaisons[{at}].category"), liaison.category.as_ref());
        }
        if let Some(joint) = &self.joint_work_considered {
            texts.option("joint_work_considered.reason", joint.reason.as_ref());
        }
        if let Some(lead) = &self.lead_arrangement {
            texts.add("lead_arrangement.lead", lead.lead.as_ref().map_or("", |body| body.text()));
            texts.option("lead_arrangement.publication", lead.publication.as_ref());
            texts.option("lead_arrangement.copyright_owner", lead.copyright_owner.as_ref());
        }
        texts.option("maintenance", self.maintenance.as_ref());
    }

    /// Means and plan, and the rest.
    fn plan_texts<'a>(&'a self, texts: &mut Texts<'a>) {
        texts.option("timeline.approval_process", self.timeline.approval_process.as_ref());
        texts.option("timeline.note", self.timeline.note.as_ref());
        if let Some(base) = &self.base_document {
            texts.option("base_document.description", base.description.as_ref());
        }
        texts.option("leadership.project_leader", self.leadership.project_leader.as_ref());
        texts.option("leadership.secretariat_offer", self.leadership.secretariat_offer.as_ref());
        texts.option("development_group", self.development_group.as_ref());
        for (at, supporter) in self.supporters.iter().enumerate() {
            texts.option(&format!("supporters[{at}].name"), supporter.name.as_ref());
            texts.option(&format!("supporters[{at}].country"), supporter.country.as_ref());
            texts.option(&format!("supporters[{at}].support"), supporter.support.as_ref());
        }
        if let Some(patents) = &self.patents_known {
            texts.option("patents_known.statement", patents.statement.as_ref());
        }
        texts.option("notes", self.notes.as_ref());
        for (at, other) in self.unrecognized.iter().enumerate() {
            texts.add(&format!("unrecognized[{at}].heading"), &other.heading);
            texts.add(&format!("unrecognized[{at}].text"), &other.text);
        }
    }
}

struct Texts<'a>(Vec<(String, &'a str)>);

impl<'a> Texts<'a> {
    fn add(&mut self, name: &str, text: &'a str) {
        if !text.trim().is_empty() {
            self.0.push((name.to_owned(), text));
        }
    }

    fn option(&mut self, name: &str, text: Option<&'a String>) {
        self.add(name, text.map_or("", String::as_str));
    }

    fn list(&mut self, name: &str, texts: &'a [String]) {
        for (at, text) in texts.iter().enumerate() {
            self.add(&format!("{name}[{at}]"), text);
        }
    }
}

//! A summary as a document.

use super::summary::{Group, Grouping, OptionCount, QuestionSummary, Summary};
use crate::document::{Block, Document};
use crate::text::display::percent;

/// What is to be said wherever a summary is shown.
const CAUTION: &str = "What people say in a questionnaire is no statement of a committee. Shares \
    are of those who answered the question. Groups of fewer than five are put together with others.";

impl Summary {
    /// The summary as a document.
    #[must_use]
    pub fn to_document(&self) -> Document {
        let mut blocks = vec![
            Block::Heading(1, format!("Answers to the questionnaire «{}»", self.title)),
            Block::Fields(self.head()),
            Block::Paragraph(CAUTION.to_owned()),
        ];
        for question in &self.questions {
            self.question(question, &mut blocks);
        }
        if !self.committees.is_empty() {
            blocks.push(Block::Heading(2, "Committees that texts name".to_owned()));
            let rows = self.committees.iter().map(|one| {
                vec![one.committee.to_string(), one.texts.to_string(), one.areas.join(", ")]
            });
            let head = ["committee, as it is called today", "texts", "areas of the landscape"];
            blocks.push(Block::Table(head.map(str::to_owned).to_vec(), rows.collect()));
        }
        Document(blocks)
    }

    fn head(&self) -> Vec<(String, String)> {
        let field = |name: &str, value: usize| (name.to_owned(), value.to_string());
        let mut fields = vec![field("Respondents", self.respondents)];
        if self.late > 0 {
            fields.push(field("Late, not counted", self.late));
        }
        if self.undated > 0 {
            fields.push(field("Of those counted, without a day", self.undated));
        }
        fields
    }

    fn question(&self, question: &QuestionSummary, blocks: &mut Vec<Block>) {
        blocks.push(Block::Heading(2, question.text.clone()));
        let mut told = format!("Answered by {} of {}.", question.answered, self.respondents);
        if let Some(number) = question.number {
            told += &format!(" Mean {:.2}, median {}.", number.mean, number.median);
        }
        if question.other > 0 {
            told += &format!(" With an answer that was not offered: {}.", question.other);
        }
        blocks.push(Block::Paragraph(told));
        if !question.options.is_empty() {
            blocks.push(Block::Table(head(question), rows(question)));
        } else if question.groups.iter().any(|group| group.number.is_some()) {
            let of_group = |group: &Group| {
                let number = group.number?;
                Some(format!("{}: mean {:.2}, median {}", named(group), number.mean, number.median))
            };
            blocks.push(Block::List(question.groups.iter().filter_map(of_group).collect()));
        }
        let texts = self.said.iter().filter(|one| one.question == question.id);
        let texts: Vec<String> = texts
            .map(|one| {
                let committees: Vec<String> =
                    one.committees.iter().map(ToString::to_string).collect();
                match committees.as_slice() {
                    [] => one.text.clone(),
                    all => format!("{} (names {})", one.text, all.join(", ")),
                }
            })
            .collect();
        if !texts.is_empty() {
            blocks.push(Block::List(texts));
        }
    }
}

/// Columns: the option, all, then each group.
fn head(question: &QuestionSummary) -> Vec<String> {
    let groups = question.groups.iter().map(named);
    let all = format!("all (n = {})", question.answered);
    ["option".to_owned(), all].into_iter().chain(groups).collect()
}

fn named(group: &Group) -> String {
    let names = group.names.join(", ");
    let together = if group.names.len() > 1 { " together" } else { "" };
    let by = match group.by {
        Grouping::Round => "round ",
        Grouping::Audience => "",
    };
    format!("{by}{names}{together} (n = {})", group.answered)
}

fn rows(question: &QuestionSummary) -> Vec<Vec<String>> {
    let cell = |one: &OptionCount| format!("{} ({})", one.count, percent(one.share));
    let row = |(at, option): (usize, &OptionCount)| {
        let groups = question
            .groups
            .iter()
            .map(|group| group.options.get(at).map_or_else(String::new, cell));
        [option.option.clone(), cell(option)].into_iter().chain(groups).collect()
    };
    question.options.iter().enumerate().map(row).collect()
}

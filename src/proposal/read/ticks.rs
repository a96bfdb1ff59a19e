//! Check boxes in text: `☒ Yes ☐ No`, `[x] Technical Specification`.

/// A piece of a line: a box, or the text between boxes.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Box(bool),
    Text(&'a str),
}

/// A box at the beginning of a text, ticked or not, and its length.
fn box_at(text: &str, ruled: bool) -> Option<(bool, usize)> {
    let c = text.chars().next()?;
    match c {
        '☒' | '☑' | '✓' | '✔' | '🗹' | '🗷' | '\u{F0FE}' | '\u{F052}' => {
            Some((true, c.len_utf8()))
        }
        '☐' | '□' | '\u{F0A8}' | '\u{F06F}' => Some((false, c.len_utf8())),
        '[' | '(' => match text.as_bytes() {
            [b'[', b'x' | b'X', b']', ..] | [b'(', b'x' | b'X', b')', ..] => Some((true, 3)),
            [b'[', b' ', b']', ..] | [b'(', b' ', b')', ..] => Some((false, 3)),
            [b'[', b']', ..] => Some((false, 2)),
            _ => None,
        },
        // A rule to write on: `_X_` beside `___`.
        '_' if ruled => {
            let rule = text.len() - text.trim_start_matches('_').len();
            let marked = text[rule..].strip_prefix(['x', 'X']).filter(|rest| rest.starts_with('_'));
            match marked {
                Some(rest) => Some((true, text.len() - rest.trim_start_matches('_').len())),
                None => (rule >= 2).then_some((false, rule)),
            }
        }
        _ => None,
    }
}

/// True for a line in which a cross stands on a rule.
fn is_ruled(line: &str) -> bool {
    line.contains("_X_") || line.contains("_x_")
}

fn pieces(line: &str, ruled: bool) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        // `f(x)` is no box.
        let is_inside = c == '(' && line[..at].ends_with(|c: char| !c.is_whitespace());
        match box_at(&line[at..], ruled).filter(|_| !is_inside) {
            Some((ticked, length)) => {
                let text = line[from..at].trim();
                if !text.is_empty() {
                    pieces.push(Piece::Text(text));
                }
                pieces.push(Piece::Box(ticked));
                at += length;
                from = at;
            }
            None => at += c.len_utf8(),
        }
    }
    let text = line[from..].trim();
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    pieces
}

/// Where the first check box of a line stands.
pub(super) fn first_box(line: &str) -> Option<usize> {
    let ruled = is_ruled(line);
    line.char_indices().find_map(|(at, c)| {
        let is_inside = c == '(' && line[..at].ends_with(|c: char| !c.is_whitespace());
        box_at(&line[at..], ruled).filter(|_| !is_inside).map(|_| at)
    })
}

/// True when the text holds a check box.
pub(super) fn has_boxes(text: &str) -> bool {
    let ruled = is_ruled(text);
    text.lines().any(|line| pieces(line, ruled).iter().any(|piece| matches!(piece, Piece::Box(_))))
}

/// What is ticked, and what stands beside the boxes: nothing when the text holds no box.
pub(super) fn ticked(text: &str) -> Option<Ticked> {
    if !has_boxes(text) {
        return None;
    }
    let mut result = Ticked::default();
    let ruled = is_ruled(text);
    for line in text.lines() {
        let pieces = pieces(line, ruled);
        if !pieces.iter().any(|piece| matches!(piece, Piece::Box(_))) {
            if !line.trim().is_empty() {
                result.beside.push(line.trim().to_owned());
            }
            continue;
        }
        // «Yes ☒ No ☐»: the label stands before its box when the line ends with a box that nothing
        // follows.
        let before = matches!(pieces.last(), Some(Piece::Box(_)))
            && matches!(pieces.first(), Some(Piece::Text(_)));
        let mut at = 0;
        while at < pieces.len() {
            match (&pieces[at], pieces.get(at + 1)) {
                (Piece::Text(label), Some(Piece::Box(ticked))) if before => {
                    result.note(label, *ticked);
                    at += 2;
                }
                (Piece::Box(ticked), Some(Piece::Text(label))) if !before => {
                    result.note(label, *ticked);
                    at += 2;
                }
                (Piece::Text(text), _) => {
                    result.beside.push((*text).to_owned());
                    at += 1;
                }
                (Piece::Box(_), _) => at += 1,
            }
        }
    }
    Some(result)
}

/// The labels of ticked boxes and the text that belongs to no box.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Ticked {
    pub(super) labels: Vec<String>,
    /// The labels of all boxes, ticked or not.
    pub(super) options: Vec<String>,
    pub(super) beside: Vec<String>,
}

impl Ticked {
    /// The ticked labels, and below them what stands beside.
    pub(super) fn into_text(self) -> String {
        let mut lines = Vec::new();
        if !self.labels.is_empty() {
            lines.push(self.labels.join(", "));
        }
        lines.extend(self.beside);
        lines.join("\n")
    }

    fn note(&mut self, label: &str, ticked: bool) {
        let label = label.trim_matches([' ', ',', ';', '/', '|']);
        self.options.push(label.to_owned());
        let label = &without_request(label);
        if ticked && !label.is_empty() {
            self.labels.push(label.to_owned());
        }
    }
}

/// A label without what a form asks beside it: `IEC (please specify the committee) TC 18`.
fn without_request(label: &str) -> String {
    let Some((before, rest)) = label.split_once('(') else { return label.to_owned() };
    match rest.split_once(')') {
        Some((inner, after)) if super::guidance::asks(inner) => {
            // `(please specify which: WG 3)` holds the answer itself.
            let told = inner.split_once(':').map_or("", |(_, told)| told.trim());
            let (before, after) = (before.trim(), after.trim());
            if !told.is_empty() && after.is_empty() {
                return format!("{before}: {told}");
            }
            // `IEC (which committee) IEC TC 18` says it twice.
            if after.starts_with(before) {
                after.to_owned()
            } else {
                format!("{before} {after}").trim().to_owned()
            }
        }
        _ => label.to_owned(),
    }
}

/// A text in which boxes are replaced by the labels of the ticked ones.
pub(super) fn resolved(text: &str) -> String {
    match ticked(text) {
        None => text.to_owned(),
        Some(ticked) => ticked.into_text(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn boxes_before_and_after_their_labels() {
        let labels = |text: &str| ticked(text).map(|ticked| ticked.labels);
        assert_eq!(labels("☒ Yes ☐ No"), Some(vec!["Yes".to_owned()]));
        assert_eq!(labels("Yes ☐ No ☒"), Some(vec!["No".to_owned()]));
        assert_eq!(
            labels("[x] Technical Specification\n[ ] Technical Report"),
            Some(vec!["Technical Specification".into()])
        );
        assert_eq!(labels("☐ Yes ☐ No"), Some(vec![]));
        assert_eq!(labels("no boxes [here]"), None);
        let asked = ticked("Is a draft attached? ☒ Yes ☐ No").unwrap();
        assert_eq!(
            (asked.labels, asked.beside),
            (vec!["Yes".to_owned()], vec!["Is a draft attached?".to_owned()])
        );
    }
}

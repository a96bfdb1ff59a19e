//! Hostile text made harmless, once for all that is shown: terminals, messages, text and Markdown.

/// One line that shows what it holds: white space of any kind is a blank; what a terminal would
/// obey, what turns the order of letters around, and what cannot be seen is a mark of replacement.
/// Hyphenation hints and selectors of glyphs, which office programs leave behind, are dropped.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().filter_map(visible).collect()
}

/// One character as [`one_line`] shows it; nothing for one that shows nothing and does nothing.
pub(crate) fn visible(c: char) -> Option<char> {
    Some(match c {
        '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{a0}' | '\u{2028}' | '\u{2029}' => {
            ' '
        }
        '\u{ad}' | '\u{fe00}'..='\u{fe0f}' => return None,
        // Direction marks and overrides, joiners, tags and fillers that have no width.
        '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{fffe}'..='\u{ffff}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    })
}

/// An empty comment of Markdown: a renderer shows nothing of it.
pub(crate) const NOTHING: &str = "<!-- -->";

/// Text that a renderer of CommonMark or of GitHub's dialect shows as it is, on one line.
///
/// A backslash stands before each mark that begins or ends something: code, emphasis, links,
/// images, tags, entities, cells of tables, headings, lists, strikethrough, formulas. Addresses
/// become links without any mark: their colon or dot is escaped. Renderers look for mail addresses
/// and mentions when escapes are gone, so that an empty comment stands behind each `@` of a word.
pub(crate) fn markdown(text: &str) -> String {
    // Blanks before a text would make code of it, and those behind it a break.
    let line: Vec<&str> = text.split_whitespace().collect();
    let line: Vec<char> = line.join(" ").chars().filter_map(visible).collect();
    let mut out = String::with_capacity(line.len() + 8);
    for (at, &c) in line.iter().enumerate() {
        let before = &line[..at];
        let next = line.get(at + 1).copied();
        let is_escaped = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '!' | '@' | '$' => {
                true
            }
            '&' => next.is_some_and(|next| next.is_alphanumeric() || next == '#'),
            // Headings by underlines, lists and rules begin a line.
            '-' | '+' | '=' => before.is_empty(),
            ')' => is_number(before),
            '.' => is_number(before) || ends_with(before, "www"),
            ':' => next == Some('/') || ends_with(before, "mailto") || ends_with(before, "xmpp"),
            _ => false,
        };
        if is_escaped {
            out.push('\\');
        }
        out.push(c);
        if c == '@' && next.is_some_and(|next| !next.is_whitespace()) {
            out.push_str(NOTHING);
        }
    }
    out
}

/// True for the digits of a numbered list.
fn is_number(text: &[char]) -> bool {
    !text.is_empty() && text.iter().all(char::is_ascii_digit)
}

fn ends_with(text: &[char], word: &str) -> bool {
    let mut text = text.iter().rev();
    word.chars().rev().all(|wanted| text.next().is_some_and(|c| c.eq_ignore_ascii_case(&wanted)))
}

/// A share as people read it: `71 %`. What is not nothing is not shown as nothing, and what is not
/// all not as all.
pub(crate) fn percent(share: f64) -> String {
    if share > 0.0 && share < 0.005 {
        return "< 1 %".to_owned();
    }
    if (0.995..1.0).contains(&share) {
        return "> 99 %".to_owned();
    }
    // No minus before a zero: the sum of nothing is -0.
    format!("{:.0} %", share.max(0.0) * 100.0 + 0.0)
}

#[cfg(test)]
mod tests {
    use super::{markdown, one_line};

    #[test]
    fn nothing_is_obeyed_hidden_or_turned_around() {
        assert_eq!(one_line("a\u{1b}[31m\u{7}"), "a\u{fffd}[31m\u{fffd}");
        assert_eq!(
            one_line("\u{202e}b\u{2066}\u{200b}\u{feff}"),
            "\u{fffd}b\u{fffd}\u{fffd}\u{fffd}"
        );
        assert_eq!(one_line("c\u{2028}d\u{2029}e\r\nf\u{85}g"), "c d e  f g");
        assert_eq!(one_line("Größe, 規格, CO₂, wait\u{ad}ing"), "Größe, 規格, CO₂, waiting");
    }

    #[test]
    fn markdown_escapes_marks_and_little_else() {
        assert_eq!(markdown("a|b\n<script>\u{1b}[31m"), "a\\|b \\<script\\>\u{fffd}\\[31m");
        assert_eq!(markdown("~~x~~ ![y](z) &amp;"), "\\~\\~x\\~\\~ \\!\\[y\\](z) \\&amp;");
        assert_eq!(markdown("https://a www.b"), "https\\://a www\\.b");
        assert_eq!(markdown("1. one"), "1\\. one");
        assert_eq!(markdown("- one"), "\\- one");
        assert_eq!(markdown("IEC 61850-7-4: part 1.2"), "IEC 61850-7-4: part 1.2");
        assert_eq!(markdown("a@b.c @ 5"), "a\\@<!-- -->b.c \\@ 5");
    }

    /// What a renderer of GitHub's dialect, with all that it can do, makes of a text in a
    /// paragraph, a list and a cell of a table.
    fn rendered(text: &str) -> String {
        let mut options = comrak::Options::default();
        let extension = &mut options.extension;
        extension.strikethrough = true;
        extension.table = true;
        extension.autolink = true;
        extension.tasklist = true;
        extension.footnotes = true;
        extension.math_dollars = true;
        extension.wikilinks_title_after_pipe = true;
        options.render.r#unsafe = true;
        let text = markdown(text);
        let page = format!("{text}\n\n- {text}\n\n| head |\n|---|\n| {text} |\n");
        comrak::markdown_to_html(&page, &options)
    }

    /// The same page with the text in it as it is.
    fn plain(text: &str) -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        let shown = one_line(&words.join(" ")).replace('&', "&amp;").replace('<', "&lt;");
        let shown = shown.replace('>', "&gt;").replace('"', "&quot;");
        let shown = shown.trim();
        format!(
            "<p>{shown}</p>\n<ul>\n<li>{shown}</li>\n</ul>\n<table>\n<thead>\n<tr>\n<th>head</th>\n</tr>\n</thead>\n\
             <tbody>\n<tr>\n<td>{shown}</td>\n</tr>\n</tbody>\n</table>\n"
        )
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig {
            cases: 3000, failure_persistence: None, ..Default::default()
        })]
        #[test]
        fn a_renderer_shows_the_text_and_nothing_else(parts in proptest::collection::vec(
            proptest::sample::select(HOSTILE), 1..9,
        )) {
            let text = parts.concat();
            proptest::prop_assume!(!text.trim().is_empty());
            // An empty comment is all that is added.
            let shown = rendered(&text).replace("<!-- -->", "");
            proptest::prop_assert_eq!(shown, plain(&text));
        }
    }

    const HOSTILE: &[&str] = &[
        "a",
        "b ",
        " ",
        "  ",
        "1",
        "12",
        ".",
        ")",
        "-",
        "+",
        "=",
        "--",
        "---",
        "===",
        "# ",
        "##",
        "*",
        "**",
        "_",
        "__",
        "`",
        "```",
        "~",
        "~~",
        "~~~",
        "|",
        "||",
        "!",
        "[",
        "]",
        "(",
        ")",
        "[ ]",
        "[x] ",
        "<",
        ">",
        ">>> ",
        "</p>",
        "<b>",
        "<script>",
        "<!--",
        "-->",
        "<![CDATA[",
        "<?x",
        "&amp;",
        "&lt;",
        "&#64;",
        "&",
        ";",
        "\\",
        "\"",
        "'",
        "https://e.org/x",
        "http:",
        "//",
        "www.e.org",
        "www",
        "ftp://e.org",
        "mailto:",
        "xmpp:",
        "who@e.org",
        "@who",
        "@",
        "#12",
        "$",
        "$$x$$",
        "^",
        "[^1]",
        "[^1]: ",
        "[a]: /u",
        ":",
        ":tada:",
        "{",
        "}",
        "%",
        "\n",
        "\r\n",
        "\t",
        "\u{2028}",
        "\u{202e}",
        "\u{200b}",
        "\u{1b}[31m",
        "\u{7}",
        "\u{0}",
        "é",
        "規格",
        "://",
        "e.org",
    ];
}

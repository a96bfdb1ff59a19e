//! An edition as one page that needs no other file and no network: a table that can be sorted and
//! filtered, a matrix of organizations by area, and a section with a chart for each area.
//!
//! Without its script the page shows everything; on paper it shows everything too.

mod chart;

use std::fmt::Write as _;

use super::area::Area;
use super::document::{CAUTION, pair_line, sentences, standing};
use super::edition::{AreaEntry, Edition};
use super::evidence::Evidence;
use super::finds::Finds;
use crate::document::escaped;
use crate::reference::Organization;

const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");

/// Finds that are shown.
const FINDS: usize = 25;

impl Edition {
    /// The landscape as a page in HTML, with the finds where they are given.
    ///
    /// ```
    /// use spcg::landscape::{Edition, Landscape, Sources};
    ///
    /// let day = "2031-02-01".parse()?;
    /// let page = Edition::build(&Landscape::builtin(), &Sources::default(), day).to_html(None);
    /// assert!(page.contains("artificial intelligence") && page.contains("cannot tell"));
    /// # Ok::<(), spcg::Error>(())
    /// ```
    #[must_use]
    pub fn to_html(&self, finds: Option<&Finds>) -> String {
        let mut page = String::with_capacity(1 << 16);
        // A `String` takes everything, so the results of writing carry no news.
        let _ = self.head_of_page(&mut page, finds.is_some());
        let _ = self.table(&mut page);
        let _ = self.matrix(&mut page);
        let _ = self.sections(&mut page);
        if let Some(finds) = finds {
            let _ = finds_section(&mut page, finds);
        }
        let _ = write!(page, "</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n");
        page
    }

    fn head_of_page(&self, page: &mut String, has_finds: bool) -> std::fmt::Result {
        let title = escaped(&self.title());
        write!(
            page,
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
             <a class=\"skip\" href=\"#areas\">To the areas</a>\n<header>\n<h1>{title}</h1>\n<dl>\n"
        )?;
        for (name, value) in Edition::head(self) {
            writeln!(page, "<div><dt>{}</dt><dd>{}</dd></div>", escaped(&name), escaped(&value))?;
        }
        let finds = if has_finds { "<a href=\"#finds\">Finds</a>" } else { "" };
        writeln!(
            page,
            "</dl>\n<p class=\"caution\">{}</p>\n<nav aria-label=\"Parts of the page\">\
             <a href=\"#areas\">Areas</a><a href=\"#matrix\">Organizations by area</a>\
             <a href=\"#each\">Each area</a>{finds}</nav>\n</header>\n<main>",
            escaped(CAUTION)
        )?;
        if !self.problems.is_empty() {
            writeln!(page, "<section class=\"problems\"><h2>Entries that could not be read</h2>")?;
            list(page, self.problems.iter().cloned())?;
            writeln!(page, "</section>")?;
        }
        Ok(())
    }

    fn table(&self, page: &mut String) -> std::fmt::Result {
        page.push_str(CONTROLS);
        page.push_str("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Areas\">\n");
        page.push_str("<table id=\"table\">\n<caption>Areas with what the data propose and what ");
        page.push_str("SPCG set</caption>\n<thead><tr>");
        for (name, kind) in COLUMNS {
            write!(page, "<th scope=\"col\" data-kind=\"{kind}\">{name}</th>")?;
        }
        page.push_str("</tr></thead>\n<tbody>\n");
        for entry in self.ordered() {
            self.row_of_page(page, entry)?;
        }
        page.push_str("</tbody>\n</table>\n</div>\n</section>\n");
        Ok(())
    }

    fn row_of_page(&self, page: &mut String, entry: &AreaEntry) -> std::fmt::Result {
        let Area { id, name, .. } = &entry.area;
        let organizations: Vec<&str> =
            entry.area.organizations().into_iter().map(Organization::name).collect();
        let set = entry.set_on(self.day);
        let number = |value: Option<usize>| match value {
            Some(value) => format!("<td class=\"number\" data-sort=\"{value}\">{value}</td>"),
            None => "<td class=\"number untold\" data-sort=\"-1\">cannot tell</td>".to_owned(),
        };
        let evidence = entry.evidence.as_ref();
        let missing = self.has_nothing_on_record(entry);
        writeln!(
            page,
            "<tr data-organizations=\"{}\" data-arranged=\"{}\">\
             <th scope=\"row\" data-sort=\"{name}\"><a href=\"#area-{id}\">{name}</a></th>\
             <td data-sort=\"{}\">{} {}</td><td class=\"number\" data-sort=\"{}\">{}</td>\
             <td data-sort=\"{}\">{}</td>{}{}{}<td data-sort=\"{}\">{}</td></tr>",
            organizations.join(" "),
            if missing { "no" } else { "yes" },
            entry.priority.low + entry.priority.high,
            range_bar(entry),
            entry.priority.range(),
            place(entry).unwrap_or(usize::MAX / 2),
            place(entry).map_or("none".to_owned(), |place| place.to_string()),
            set.map_or(0, |set| set.value as u8 + 1),
            escaped(&entry.setting(self.day)),
            number(evidence.map(|evidence| evidence.works)),
            number(evidence.map(|evidence| evidence.recent_works)),
            number(evidence.map(|evidence| evidence.pair_count)),
            u8::from(!missing),
            if missing { "none on record" } else { "on record" },
            name = escaped(name),
        )
    }

    fn has_nothing_on_record(&self, entry: &AreaEntry) -> bool {
        let is_active =
            |id: &String| self.arrangements.iter().any(|one| one.id == *id && one.end.is_none());
        let area = &entry.area;
        !area.arrangements.iter().any(is_active)
            && area.joint_texts.is_empty()
            && entry.evidence.as_ref().is_none_or(|evidence| evidence.liaisons.is_empty())
    }

    fn matrix(&self, page: &mut String) -> std::fmt::Result {
        page.push_str("<section id=\"matrix\">\n<h2>Organizations by area</h2>\n<p>Works since ");
        page.push_str("five years, and the committees. A joint committee stands under each of ");
        page.push_str("its organizations.</p>\n<div class=\"wide\" tabindex=\"0\" role=\"region\"");
        page.push_str(" aria-label=\"Organizations by area\">\n<table class=\"matrix\"><thead>");
        page.push_str("<tr><th scope=\"col\">area</th>");
        for organization in Organization::ALL {
            write!(page, "<th scope=\"col\">{organization}</th>")?;
        }
        page.push_str("</tr></thead>\n<tbody>\n");
        for entry in self.ordered() {
            let Area { id, name, .. } = &entry.area;
            let name = escaped(name);
            write!(page, "<tr><th scope=\"row\"><a href=\"#area-{id}\">{name}</a></th>")?;
            for organization in Organization::ALL {
                cell(page, entry, organization)?;
            }
            page.push_str("</tr>\n");
        }
        page.push_str("</tbody></table>\n</div>\n</section>\n");
        Ok(())
    }

    fn sections(&self, page: &mut String) -> std::fmt::Result {
        page.push_str("<section id=\"each\">\n<h2>Each area</h2>\n");
        for entry in self.ordered() {
            let Area { id, name, description, .. } = &entry.area;
            let name = escaped(name);
            writeln!(page, "<article id=\"area-{id}\">\n<h3>{name}</h3>")?;
            if !description.is_empty() {
                writeln!(page, "<p>{}</p>", escaped(description))?;
            }
            page.push_str("<dl>\n");
            for (name, value) in self.facts(entry) {
                let (name, value) = (escaped(&name), escaped(&value));
                writeln!(page, "<div><dt>{name}</dt><dd>{value}</dd></div>")?;
            }
            writeln!(page, "</dl>\n<p>{}.</p>", escaped(&standing(entry)))?;
            parts(page, entry)?;
            match &entry.evidence {
                Some(evidence) => evidence_part(page, evidence, &name)?,
                None => {
                    page.push_str("<p class=\"untold\">Works: cannot tell without an index.</p>\n");
                }
            }
            page.push_str("</article>\n");
        }
        page.push_str("</section>\n");
        Ok(())
    }
}

/// The columns of the table, and how each is sorted.
const COLUMNS: [(&str, &str); 8] = [
    ("Area", "text"),
    ("Priority by data, of 21", "number"),
    ("Place", "number"),
    ("Set by SPCG", "number"),
    ("Works", "number"),
    ("Since five years", "number"),
    ("Close pairs", "number"),
    ("Arrangement", "number"),
];

const CONTROLS: &str = "<section id=\"areas\">\n<h2>Areas</h2>\n<form class=\"controls\" hidden>\n\
    <label>Words <input type=\"search\" id=\"words\" autocomplete=\"off\"></label>\n\
    <label>Organization <select id=\"organization\"><option value=\"\">any</option>\
    <option>ISO</option><option>IEC</option><option>ITU-T</option></select></label>\n\
    <label><input type=\"checkbox\" id=\"missing\"> no arrangement on record</label>\n\
    <output id=\"count\" aria-live=\"polite\"></output>\n</form>\n";

fn place(entry: &AreaEntry) -> Option<usize> {
    entry.priority.places.first().map(|(_, place)| *place)
}

/// The range of a priority as a bar: what is sure, and what may be.
fn range_bar(entry: &AreaEntry) -> String {
    let (low, high) = (entry.priority.low * 4, entry.priority.high * 4);
    format!(
        "<svg class=\"range\" viewBox=\"0 0 84 10\" width=\"84\" height=\"10\" aria-hidden=\"true\">\
         <rect class=\"whole\" x=\"0\" y=\"0\" width=\"84\" height=\"10\"/>\
         <rect class=\"may\" x=\"{low}\" y=\"0\" width=\"{}\" height=\"10\"/>\
         <rect class=\"sure\" x=\"0\" y=\"0\" width=\"{low}\" height=\"10\"/></svg>",
        high - low
    )
}

fn cell(page: &mut String, entry: &AreaEntry, organization: Organization) -> std::fmt::Result {
    let own: Vec<String> = entry
        .area
        .committees()
        .filter(|committee| committee.belongs_to(organization))
        .map(|committee| escaped(&committee.to_string()))
        .collect();
    let recent = entry.evidence.as_ref().and_then(|evidence| {
        let own = evidence.organizations.iter().find(|one| one.organization == organization)?;
        Some(own.count.recent)
    });
    let level = match recent {
        None | Some(0) => 0,
        Some(1..=2) => 1,
        Some(3..=9) => 2,
        Some(10..=29) => 3,
        Some(_) => 4,
    };
    let count = recent.map_or("cannot tell".to_owned(), |recent| recent.to_string());
    let committees = if own.is_empty() { "none listed".to_owned() } else { own.join(", ") };
    write!(
        page,
        "<td class=\"level{level}\"><b>{count}</b> <span class=\"small\">{committees}</span></td>"
    )
}

fn parts(page: &mut String, entry: &AreaEntry) -> std::fmt::Result {
    page.push_str("<table class=\"parts\"><thead><tr><th scope=\"col\">Part</th>");
    page.push_str("<th scope=\"col\">0 to 3</th><th scope=\"col\">Why</th></tr></thead>\n<tbody>");
    for part in &entry.priority.parts {
        let value = part.value.map_or("0 to 3".to_owned(), |value| value.to_string());
        writeln!(
            page,
            "<tr><th scope=\"row\">{}</th><td class=\"number\">{value}</td><td>{}</td></tr>",
            part.name,
            escaped(&part.because)
        )?;
    }
    page.push_str("</tbody></table>\n");
    Ok(())
}

fn evidence_part(page: &mut String, evidence: &Evidence, name: &str) -> std::fmt::Result {
    page.push_str("<div class=\"beside\">\n");
    chart::write(page, &evidence.years, name)?;
    page.push_str("<table><thead><tr><th scope=\"col\">Committee</th><th scope=\"col\">In force");
    page.push_str("</th><th scope=\"col\">Under development</th><th scope=\"col\">Since five ");
    page.push_str("years</th><th scope=\"col\">Latest</th></tr></thead>\n<tbody>");
    for one in &evidence.committees {
        let count = &one.count;
        writeln!(
            page,
            "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td class=\"number\">{}</td>\
             <td class=\"number\">{}</td><td class=\"number\">{}</td></tr>",
            escaped(&one.committee.to_string()),
            count.in_force,
            count.under_development,
            count.recent,
            count.latest.map_or(String::new(), |year| year.to_string()),
        )?;
    }
    page.push_str("</tbody></table>\n</div>\n");
    for sentence in sentences(evidence) {
        writeln!(page, "<p>{}</p>", escaped(&sentence))?;
    }
    if !evidence.pairs.is_empty() {
        writeln!(page, "<p>{} close pairs across organizations:</p>", evidence.pair_count)?;
        list(page, evidence.pairs.iter().map(pair_line))?;
    }
    Ok(())
}

fn finds_section(page: &mut String, finds: &Finds) -> std::fmt::Result {
    writeln!(
        page,
        "<section id=\"finds\">\n<h2>Finds: close works that no area lists</h2>\n\
         <p>{} works compared, {} close pairs; {} finds, {} more with something on record between \
         all owners, {} dismissed. The first {} are shown.</p>",
        finds.works,
        finds.pairs,
        finds.finds.len(),
        finds.arranged,
        finds.dismissed,
        finds.finds.len().min(FINDS),
    )?;
    for (number, find) in (1..).zip(finds.finds.iter().take(FINDS)) {
        writeln!(page, "<details><summary>{number}. {}</summary>", escaped(&find.headline()))?;
        list(page, find.on_record.iter().map(ToString::to_string))?;
        list(page, find.works.iter().map(ToString::to_string))?;
        page.push_str("</details>\n");
    }
    page.push_str("</section>\n");
    Ok(())
}

fn list(page: &mut String, items: impl Iterator<Item = String>) -> std::fmt::Result {
    page.push_str("<ul>\n");
    for item in items {
        writeln!(page, "<li>{}</li>", escaped(&item))?;
    }
    page.push_str("</ul>\n");
    Ok(())
}

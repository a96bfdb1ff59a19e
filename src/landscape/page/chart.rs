//! Latest texts by year as a drawing, with the same figures for who cannot see it.

use std::fmt::Write as _;

use crate::landscape::evidence::YearCount;

/// Size of the drawing.
const WIDTH: usize = 420;
const HEIGHT: usize = 150;
/// Room for years and numbers.
const LEFT: usize = 30;
const BOTTOM: usize = 20;
const TOP: usize = 8;

/// Who publishes, from the bottom of a column to its top: class, name, count.
type Part = (&'static str, &'static str, fn(&YearCount) -> usize);
const PARTS: [Part; 4] = [
    ("iso", "ISO", |year| year.iso),
    ("joint", "ISO and IEC", |year| year.iso_iec),
    ("iec", "IEC", |year| year.iec),
    ("itu", "ITU-T", |year| year.itu_t),
];

/// Draws the columns of an area, whose name is escaped already.
pub(super) fn write(page: &mut String, years: &[YearCount], area: &str) -> std::fmt::Result {
    let sum = |year: &YearCount| PARTS.iter().map(|(_, _, count)| count(year)).sum::<usize>();
    let most = years.iter().map(sum).max().unwrap_or(0);
    if most == 0 {
        return writeln!(page, "<p>No text of the last years.</p>");
    }
    let told: Vec<String> = years
        .iter()
        .filter(|year| sum(year) > 0)
        .map(|year| format!("{}: {}", year.year, sum(year)))
        .collect();
    writeln!(
        page,
        "<figure><svg class=\"chart\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
         aria-label=\"Latest texts by year, {area}. {}\">",
        told.join(", ")
    )?;
    let step = (WIDTH - LEFT) / years.len().max(1);
    let room = HEIGHT - TOP - BOTTOM;
    for part in [most, most.div_ceil(2)] {
        let y = TOP + room - room * part / most;
        write!(
            page,
            "<line class=\"rule\" x1=\"{LEFT}\" y1=\"{y}\" x2=\"{WIDTH}\" y2=\"{y}\"/>\
             <text x=\"{}\" y=\"{}\" text-anchor=\"end\">{part}</text>",
            LEFT - 4,
            y + 4
        )?;
    }
    for (at, year) in years.iter().enumerate() {
        let x = LEFT + at * step;
        let mut below = 0;
        for (class, name, count) in PARTS {
            let own = count(year);
            // Ends are rounded and not heights, so that a column is as high as its sum.
            let (from, to) = (room * below / most, room * (below + own) / most);
            if own > 0 {
                write!(
                    page,
                    "<rect class=\"{class}\" x=\"{x}\" y=\"{}\" width=\"{}\" height=\"{}\">\
                     <title>{} {name}: {own}</title></rect>",
                    TOP + room - to,
                    step.saturating_sub(3).max(1),
                    to - from,
                    year.year,
                )?;
            }
            below += own;
        }
        if year.year % 5 == 0 {
            let middle = x + step / 2;
            write!(
                page,
                "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                HEIGHT - 5,
                year.year
            )?;
        }
    }
    page.push_str("\n</svg><figcaption>Latest texts by year: ");
    for (class, name, _) in PARTS {
        write!(page, "<span class=\"key {class}\"></span> {name} ")?;
    }
    page.push_str("</figcaption></figure>\n");
    Ok(())
}

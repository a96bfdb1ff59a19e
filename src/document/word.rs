//! Documents as Word files: the few parts that such a file needs, without dates or names of
//! people, so that the same document gives the same bytes.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::Block;
use super::edited::Unreadable;
use super::markdown::{self, mark_of};
use crate::error::Error;
use crate::text::display::one_line;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                 xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

const CONTENT_TYPES: &str = include_str!("word/content_types.xml");
const RELATIONS: &str = include_str!("word/relations.xml");
const DOCUMENT_RELATIONS: &str = include_str!("word/document_relations.xml");
const STYLES: &str = include_str!("word/styles.xml");
const FOOTER: &str = include_str!("word/footer.xml");

/// Width of the text of an A4 page with these margins, in twentieths of a point.
const WIDTH: usize = 11_906 - 2 * 1_247 - 108;

/// The bytes of the file.
pub(super) fn write(title: &str, blocks: &[Block]) -> Result<Vec<u8>, Error> {
    let mut writer = Writer { out: String::new(), lists: 0, controls: 0 };
    writer.blocks(blocks);
    let document = format!(
        "{HEAD}<w:document {W}><w:body>{}<w:sectPr>\
         <w:footerReference w:type=\"default\" r:id=\"rId3\"/>\
         <w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
         <w:pgMar w:top=\"1247\" w:right=\"1247\" w:bottom=\"1247\" w:left=\"1247\" \
         w:header=\"624\" w:footer=\"624\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
        writer.out
    );
    let parts = [
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("docProps/core.xml", core(title)),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS.to_owned()),
        ("word/styles.xml", STYLES.to_owned()),
        ("word/numbering.xml", numbering(writer.lists)),
        ("word/footer1.xml", FOOTER.to_owned()),
    ];
    archive(&parts).map_err(|_| Error::new(Unreadable::TooLong))
}

/// Stored and not compressed, with one fixed time: no other version of a library changes a byte.
fn archive(parts: &[(&str, String)]) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, options)?;
        archive.write_all(content.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

fn core(title: &str) -> String {
    format!(
        "{HEAD}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title>\
         <dc:language>en-GB</dc:language></cp:coreProperties>",
        escaped(title)
    )
}

/// Number 1 are the lists with a bullet; each numbered list has a number of its own, from 2, so
/// that it begins anew.
fn numbering(lists: usize) -> String {
    let level = |format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>\
             <w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/>\
             <w:pPr><w:ind w:left=\"425\" w:hanging=\"425\"/></w:pPr></w:lvl>"
        )
    };
    let mut out = format!(
        "{HEAD}<w:numbering {W}>\
         <w:abstractNum w:abstractNumId=\"0\">{}</w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"1\">{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
        level("bullet", "•"),
        level("decimal", "%1.")
    );
    for list in 0..lists {
        let _ = write!(
            out,
            "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"1\"/>\
             <w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>",
            list + 2
        );
    }
    out.push_str("</w:numbering>");
    out
}

fn escaped(text: &str) -> String {
    let text = one_line(text).replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

struct Writer {
    out: String,
    lists: usize,
    controls: usize,
}

impl Writer {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(level, text) => {
                let style = format!("Heading{}", (*level).clamp(1, 4));
                self.paragraph(&style, "", text);
            }
            Block::Paragraph(text) => self.paragraph("Normal", "", text),
            Block::Numbered(items) => {
                self.lists += 1;
                self.list(self.lists + 1, items);
            }
            Block::List(items) => self.list(1, items),
            Block::Fields(fields) => {
                let widths = [WIDTH / 4, WIDTH - WIDTH / 4];
                self.begin_table(&widths);
                for (name, value) in fields {
                    self.out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
                    self.cell(widths[0], "TableHead", name);
                    self.cell(widths[1], "TableText", value);
                    self.out.push_str("</w:tr>");
                }
                self.end_table();
            }
            Block::Table(head, rows) => self.table(head, rows),
            Block::Fixed(name, inner) => self.fixed(name, inner),
        }
    }

    fn paragraph(&mut self, style: &str, properties: &str, text: &str) {
        let _ = write!(
            self.out,
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>\
             <w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
            escaped(text)
        );
    }

    fn list(&mut self, number: usize, items: &[String]) {
        let numbering =
            format!("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{number}\"/></w:numPr>");
        for item in items {
            self.paragraph("ListParagraph", &numbering, item);
        }
    }

    fn begin_table(&mut self, widths: &[usize]) {
        let columns: String =
            widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
        let whole: usize = widths.iter().sum();
        let _ = write!(
            self.out,
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/>\
             <w:tblW w:w=\"{whole}\" w:type=\"dxa\"/><w:tblInd w:w=\"108\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr>\
             <w:tblGrid>{columns}</w:tblGrid>"
        );
    }

    fn cell(&mut self, width: usize, style: &str, text: &str) {
        let _ = write!(self.out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>");
        self.paragraph(style, "", text);
        self.out.push_str("</w:tc>");
    }

    /// Columns are as wide as their texts need, within bounds.
    fn table(&mut self, head: &[String], rows: &[Vec<String>]) {
        let longest = |column: usize| {
            let cells = std::iter::once(head).chain(rows.iter().map(Vec::as_slice));
            let lengths = cells.filter_map(|row| row.get(column)).map(|one| one.chars().count());
            lengths.max().unwrap_or(0).clamp(12, 40)
        };
        let needs: Vec<usize> = (0..head.len()).map(longest).collect();
        let whole: usize = needs.iter().sum::<usize>().max(1);
        let widths: Vec<usize> = needs.iter().map(|need| WIDTH * need / whole).collect();
        self.begin_table(&widths);
        let first = std::iter::once((true, head));
        for (is_head, cells) in first.chain(rows.iter().map(|row| (false, row.as_slice()))) {
            let repeated = if is_head { "<w:tblHeader/>" } else { "" };
            let _ = write!(self.out, "<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>");
            let style = if is_head { "TableHead" } else { "TableText" };
            for (at, width) in widths.iter().enumerate() {
                self.cell(*width, style, cells.get(at).map_or("", String::as_str));
            }
            self.out.push_str("</w:tr>");
        }
        self.end_table();
    }

    /// Two tables that touch would be one.
    fn end_table(&mut self) {
        self.out.push_str("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"AfterTable\"/></w:pPr></w:p>");
    }

    /// A content control that Word lets nobody edit or delete without unlocking it first.
    fn fixed(&mut self, name: &str, inner: &[Block]) {
        self.controls += 1;
        let mark = mark_of(&markdown::write(inner));
        let name = escaped(name);
        let _ = write!(
            self.out,
            "<w:sdt><w:sdtPr><w:alias w:val=\"{name}\"/><w:tag w:val=\"spcg {name} {mark}\"/>\
             <w:id w:val=\"{}\"/><w:lock w:val=\"sdtContentLocked\"/></w:sdtPr><w:sdtContent>",
            self.controls
        );
        self.blocks(inner);
        self.out.push_str("</w:sdtContent></w:sdt>");
    }
}

#!/usr/bin/env python3
"""Makes the Word files of this folder: each form once with LibreOffice, once with python-docx. See README.md.

The four forms are laid out as those of the organizations are (which labels, what stands beside and below what), in our own
words throughout; the proposals are invented.
"""

import os
import re
import subprocess
import sys
import tempfile
import zipfile
from xml.sax.saxutils import escape

HERE = os.path.dirname(os.path.abspath(__file__))


# --- What a form is made of --------------------------------------------------------------------------------------------


class Text:
    """A paragraph; `note` is a footnote, `change` are (deleted, inserted) words at its end, `tail` follows them."""

    def __init__(self, text, note=None, change=None, tail="", bold=False, control=False):
        self.text, self.note, self.change, self.tail, self.bold, self.control = text, note, change, tail, bold, control


class Item:
    def __init__(self, text):
        self.text = text


class Boxes:
    """Check boxes in one line; `kind` is control, field, sign or symbol. `after` puts the label before its box."""

    def __init__(self, *boxes, kind="control", after=False):
        self.boxes, self.kind, self.after = boxes, kind, after


class Blank:
    """What a form shows where nothing was written."""

    def __init__(self, prompt):
        self.prompt = prompt


class Grid:
    """A table of four columns outside others, as the form itself is one."""

    def __init__(self, *rows):
        self.rows = rows


class Data:
    """A table in a cell; None goes on from the row above."""

    def __init__(self, *rows):
        self.rows = rows


def parts(value):
    """A value as a list of the above."""
    if isinstance(value, str):
        return [Text(line) for line in value.split("\n")]
    if isinstance(value, (list, tuple)):
        return [part for one in value for part in parts(one)]
    return [value]


class Cell:
    def __init__(self, *value, across=1, down=1):
        self.value, self.across, self.down = parts(list(value)), across, down


COVERED = object()


def label(text):
    return Text(text, bold=True)


def cells(data):
    """The rows of a table in a cell, with cells that go down over what follows."""
    rows = [[COVERED if text is None else Cell(text) for text in row] for row in data.rows]
    for at, row in enumerate(data.rows):
        for column, text in enumerate(row):
            if text is not None:
                below = [other[column] for other in data.rows[at + 1 :]]
                rows[at][column].down += next((n for n, other in enumerate(below) if other is not None), len(below))
    return rows


def pair(name, *value):
    """Label left, value right, over four columns."""
    return [Cell(label(name)), Cell(*value, across=3)]


def pairs(first, one, second, two):
    return [Cell(label(first)), Cell(*parts(one)), Cell(label(second)), Cell(*parts(two))]


def below(name, *value):
    """One cell: the label, and the value below it."""
    return [Cell(label(name), *value, across=4)]


class Form:
    def __init__(self, name, header, footer, before, rows, after=()):
        self.name, self.header, self.footer = name, header, footer
        self.blocks = [*before, Grid(*rows), *after]


# --- The forms ---------------------------------------------------------------------------------------------------------


def forms(second):
    """All four. The program that is used `second` ticks other kinds of boxes."""
    one, two = ("control", "field") if second else ("field", "sign")
    yes_no = lambda answer, kind=one: Boxes(("Yes", answer), ("No", not answer), kind=kind)

    new_field = Form(
        "iso-new-field",
        "ISO/TS/P 907",
        "Form 1, version 4/2024, page 1",
        [Text("PROPOSAL FOR A NEW FIELD OF TECHNICAL ACTIVITY", bold=True)],
        [
            pairs("Date of proposal", "2025-02-11", "Reference number", "TS/P 907"),
            pair("Proposer", "NSB (Ruritania)"),
            below("Title of the proposed new committee", "Repair and reuse of outdoor furniture"),
            below(
                "Scope statement of the proposed new committee",
                Text(
                    "Standardization in the field of repair and reuse of furniture for parks, streets and schoolyards: "
                    "terms, assessment of wear, marking of spare parts and test of repaired ",
                    change=("chairs", "furniture"),
                    tail=".",
                ),
                "Excluded: safety of playground equipment (ISO/TC 83); furniture for indoor use (ISO/TC 136).",
            ),
            below(
                "Purpose and justification of the proposal",
                Text(
                    "Towns buy benches twice because nobody can tell whether an old one may be repaired.",
                    note="Counted by the proposer in 2024.",
                ),
                "In 2024, 61 towns in 9 countries answered a survey; 47 of them throw away furniture that could be repaired.",
            ),
            below(
                "Proposed initial programme of work",
                [Item("Vocabulary"), Item("Assessment of wear"), Item("Marking of spare parts")],
            ),
            below(
                "Indication of the preferred type or types of deliverable",
                Boxes(("International Standard", True), kind=one),
                Boxes(("Technical Specification", False), kind=one),
                Boxes(("Publicly Available Specification", False), kind=one),
            ),
            below(
                "Listing of relevant existing documents at the international, regional and national level",
                Data(
                    ["Reference", "Title", "Significance", "How it differs"],
                    ["ISO 7173:2022", "Chairs and stools", "methods for strength", "new furniture only"],
                    ["EN 581-1:2017", "Outdoor furniture", "safety of use", "says nothing of repair"],
                ),
            ),
            below(
                "Survey of similar work in other bodies",
                Data(
                    ["Organization", "Database", "Date of search", "Search terms", "Coverage", "Findings"],
                    ["ISO", "online catalogue", "2024-12-02", "repair furniture", "both", "nothing found"],
                    [None, None, "2024-12-05", "street furniture", "both", "ISO 7173:2022"],
                    ["IEC", "online catalogue", "2024-12-02", "repair furniture", "both", "IEC 60335-2-102:2017"],
                    ["ITU-T", "list of Recommendations", "2024-12-03", "repair", "published", "nothing found"],
                ),
            ),
            below(
                "Could an existing committee take the work?",
                "ISO/TC 136 was asked; it keeps to indoor furniture.",
            ),
            pair("Relevant countries", "Ruritania; Germany; Japan; Kenya; Peru"),
            pair("Liaisons to be engaged", [Item("ISO/TC 323"), Item("ISO/TC 83"), Item("CEN/TC 207")]),
            below(
                "Results of communication with other committees",
                Data(
                    ["Committee", "Date", "Person", "Answer", "Remarks"],
                    ["ISO/TC 136", "2024-11-20", "chair", "no interest", "keeps to indoor furniture"],
                    ["ISO/TC 323", "2024-11-21", "committee manager", "liaison", ""],
                    ["IEC TC 111", "2024-11-22", "secretary", "inform us", "spare parts of lamps"],
                ),
            ),
            below(
                "Affected stakeholder categories",
                Data(
                    ["Category", "Benefits/impacts", "Organizations to be contacted"],
                    ["SMEs", "repair shops can bid for town contracts", "Guild of Joiners"],
                    ["Consumers", "benches that stay", ""],
                    ["Government", "towns buy less", "League of Towns"],
                ),
            ),
            pair("Offer of secretariat", "NSB"),
            pairs("Known patented items", yes_no(False), "Submitted to another SDO", yes_no(False, two)),
            pair("Joint/parallel work", Blank("Name the committee, if any.")),
            pair("Signature of the proposer", "A. Novak"),
        ],
    )

    nwip = Form(
        "iso-new-work-item",
        "ISO/TC 299 N 1204",
        "Form 4, version 1/2025, page 1",
        [Text("NEW WORK ITEM PROPOSAL (NWIP)", bold=True)],
        [
            # A cell over two rows, and labels above their values.
            [Cell(Text("Closing date for voting", bold=True), "2025-06-30", down=2), Cell(label("Reference number")), Cell("N 1204", across=2)],
            [COVERED, Cell(label("Committee")), Cell("ISO/TC 299", across=2)],
            pair("Proposer / Auteur de la proposition", Text("NSB (Ruritania)", control=True)),
            below(
                "Title / Titre",
                "English: Delivery robots on pavements - Test of braking",
                "French: Robots de livraison sur trottoirs - Essai de freinage",
            ),
            below(
                "Scope / Domaine d’application",
                "This document gives methods to test how delivery robots brake on pavements, kerbs and ramps:",
                [Item("on dry and wet ground"), Item("with and without load")],
                "It does not cover robots on roads (ISO/TC 22).",
            ),
            below(
                "Purpose and justification of the proposal",
                Text("Twelve towns have asked for one test; makers do ", change=("nine", "five"), tail=" today."),
                Text("About 9000 robots were on trial in 2024.", note="Survey of the proposer, 2024."),
            ),
            below(
                "Preparatory work",
                Boxes(("A draft is attached", False), kind=one),
                Boxes(("An outline is attached", True), kind=one),
            ),
            below(
                "Preferred document",
                Boxes(("International Standard", False), ("Technical Specification", True), kind=two),
            ),
            below(
                "Proposed Standards Development Track (SDT)",
                Boxes(("18 months", False), ("24 months", False), ("36 months", True), kind=one),
            ),
            below(
                "Draft project plan",
                "Proposed date for first meeting: 2025-10-07",
                "Committee draft: 2026-05",
                "DIS submission: 2027-03",
                "Publication: 2028-06",
            ),
            pair("Known patented items", Boxes(("Yes", False), ("No", True), kind=one, after=True)),
            below(
                "Coordination of work",
                "Has this or a similar proposal been submitted to another body?",
                yes_no(True),
                "If so, where:",
                "CEN/TC 278",
            ),
            below(
                "Relationship to existing work",
                Data(
                    ["Document", "Title", "Relationship", "Difference"],
                    ["ISO 13482:2014", "Personal care robots", "basis", "does not deal with pavements"],
                    ["IEC 63310:2022", "Robots for assisted living", "neighbour", "indoors"],
                ),
            ),
            below(
                "Benefits/impacts on stakeholders",
                Data(
                    ["Stakeholder", "Benefits", "Examples of organizations"],
                    ["Industry and commerce - large industry", "one test", "Robot Makers Guild"],
                    ["Industry and commerce - SMEs", "lower cost", ""],
                    ["Consumers", "safer pavements", "Walkers Union"],
                ),
            ),
            pair("Liaisons to be engaged", [Item("ISO/TC 22"), Item("IEC TC 59/SC 59F"), Item("ITU-T SG 20")]),
            pair("Joint/parallel work", "No, nobody else works on braking."),
            pair("Countries not yet P-members", "Ruritania; Peru"),
            pairs("Proposed project leader", "A. Novak", "To be developed by", "ISO/TC 299/WG 2"),
            pair("Management system standard", yes_no(False)),
            pair("Maintenance agency", "None is needed."),
            pair("Additional information", Blank("Write here.")),
        ],
    )

    iec = Form(
        "iec-new-work-item",
        "65E/1102/NP",
        "FORM NP (IEC), 2024-03, page 1",
        [],
        [
            [Cell(Text("New work item proposal (NP)", bold=True), across=4)],
            [Cell(label("Project number")), Cell(label("TC/SC")), Cell(label("Date of circulation")), Cell(label("Closing date for voting"))],
            [Cell("IEC 63912 ED1"), Cell("IEC SC 65E"), Cell("2025-03-14"), Cell("2025-06-06")],
            pair("Proposer", "RNC (Ruritania)"),
            pair("Of interest to the following committees", "IEC TC 8; IEC TC 57; ISO/TC 184/SC 4"),
            pairs("Title", "Asset data of wind pumps - Properties and classes", "Proposed type", Boxes(("IS", True), ("TS", False), ("PAS", False), kind=two)),
            below(
                "Scope",
                "Properties and classes of properties by which wind pumps are described in catalogues, contracts and "
                "models of plants.",
                "Excluded: safety of wind turbines (IEC TC 88).",
            ),
            below(
                "Purpose and justification",
                Text(
                    "Buyers retype data sheets of wind pumps by hand",
                    note="Reported by 14 waterworks.",
                    change=(" and", ", which"),
                    tail=" costs some 30 hours per pump.",
                ),
            ),
            below("Market relevance", "Some 2600 wind pumps are sold each year; 8 makers publish data sheets."),
            below(
                "Target dates",
                Data(["First draft", "2025-11"], ["CDV", "2026-09"], ["Publication", "2028-01"]),
            ),
            pairs("Estimated number of meetings", "Three a year", "First meeting", "2025-09-16"),
            pairs("Project leader", "B. Weiss", "Existing or new group", "IEC SC 65E/WG 2"),
            below(
                "Relevant documents to be considered",
                Data(
                    ["Number", "Title", "Relation"],
                    ["IEC 61360-4", "Common data dictionary", "basis"],
                    ["IEC 61987-1:2006", "Data structures in process equipment catalogues", "basis"],
                ),
            ),
            below(
                "Relationship to activities of other international bodies",
                Data(
                    ["Body", "Source", "Searched on", "Keywords", "Found"],
                    ["ISO", "online catalogue", "2025-01-20", "wind pump", "nothing found"],
                    ["ITU-T", "work programme", "2025-01-20", "pump", "nothing found"],
                ),
            ),
            pair("Liaison organizations", [Item("ISO/TC 184/SC 4"), Item("ISO/TC 115")]),
            pair("Need for coordination within ISO or IEC", "Yes, with ISO/TC 115 on the names of pumps."),
            pair("Preparatory work", Boxes(("Draft attached", True), ("Outline attached", False), kind="control")),
            pair("Copyright permission", yes_no(True)),
            pair("Known patents", Boxes(("Yes", False), ("No", True), kind="sign")),
            pair("Horizontal functions", "None"),
            pair("Remarks", Blank("Click here to enter text.")),
        ],
    )

    itu = Form(
        "itu-t-work-item",
        "SG17-TD318/WP2",
        "Page 1",
        [
            Grid(
                [Cell(Blank(""), down=3), Cell(label("INTERNATIONAL TELECOMMUNICATION UNION"), across=2), Cell(label("SG17-TD318/WP2"))],
                [COVERED, Cell(label("TELECOMMUNICATION STANDARDIZATION SECTOR"), across=2), Cell(label("STUDY GROUP 17"))],
                [COVERED, Cell("STUDY PERIOD 2025-2028", across=2), Cell(label("Original: English"))],
                pairs("Question(s):", "10/17", "Place and date:", "Geneva, 3 June 2025"),
                [Cell(label("TEMPORARY DOCUMENT"), across=4)],
                pair("Source:", "Ruritania Telecom (Ruritania)"),
                pair("Title:", "Draft new Recommendation on door bells: A.1 justification"),
                pair("Contact:", "C. Okafor, Ruritania Telecom"),
                pair("Abstract:", "The meeting is asked to start this work item."),
            ),
            Text("A.1 justification for proposed draft new Recommendation", bold=True),
        ],
        [
            pair("Reference and title:", "X.bell: Security of connected door bells"),
            pairs("Proposed new ITU-T text:", "Recommendation", "Timing:", "2027-03"),
            pairs("Base text:", "SG17-TD319", "Approval process:", Boxes(("TAP", False), ("AAP", True), kind=two)),
            pair("Editor(s):", "C. Okafor (Ruritania Telecom)"),
            below(
                "Scope (what the text is about and where it stops):",
                "Threats to connected door bells, and what keeps their sound and pictures from strangers: identities, keys, "
                "updates and logs.",
                "Excluded: locks and burglar alarms (IEC TC 79).",
            ),
            below(
                "Summary (what the text is for):",
                Text(
                    "In 2024, 14 million bells were sold; ",
                    change=("few", "half of them"),
                    tail=" never got an update.",
                    note="According to a consultation of makers.",
                ),
            ),
            below(
                "Relations to ITU-T Recommendations or to other standards (approved or under development):",
                "ITU-T X.1352; ISO/IEC 27402:2023; ETSI EN 303 645",
            ),
            below(
                "Liaisons with other study groups or with other standards bodies:",
                "ITU-T SG 20, ISO/IEC JTC 1/SC 27, IEC TC 79",
            ),
            below(
                "Supporting members that are committed to contributing actively to the work item:",
                "Ruritania Telecom; Bell Works; University of Strelsau; NSB",
            ),
        ],
    )
    return [new_field, nwip, iec, itu]


# --- LibreOffice -------------------------------------------------------------------------------------------------------


class Odt:
    """A form as a flat OpenDocument file, which LibreOffice makes into a Word file."""

    def __init__(self, form):
        self.form, self.changes, self.notes, self.tables = form, [], 0, 0

    def runs(self, text):
        out = escape(text.text).replace("\t", "<text:tab/>")
        if text.change:
            deleted, inserted = text.change
            at = f"c{len(self.changes)}"
            who = "<office:change-info><dc:creator>Editor</dc:creator><dc:date>2025-01-15T10:00:00</dc:date></office:change-info>"
            self.changes.append(
                f'<text:changed-region xml:id="{at}d" text:id="{at}d"><text:deletion>{who}<text:p>{escape(deleted)}</text:p></text:deletion></text:changed-region>'
                f'<text:changed-region xml:id="{at}i" text:id="{at}i"><text:insertion>{who}</text:insertion></text:changed-region>'
            )
            out += f'<text:change text:change-id="{at}d"/><text:change-start text:change-id="{at}i"/>{escape(inserted)}<text:change-end text:change-id="{at}i"/>'
        out += escape(text.tail)
        if text.note:
            self.notes += 1
            out += (
                f'<text:note text:id="ftn{self.notes}" text:note-class="footnote"><text:note-citation>{self.notes}</text:note-citation>'
                f"<text:note-body><text:p>{escape(text.note)}</text:p></text:note-body></text:note>"
            )
        if text.control:
            out = f"<loext:content-control>{out}</loext:content-control>"
        return out

    def box(self, ticked, kind):
        if kind == "control":
            sign = "☒" if ticked else "☐"
            state = str(ticked).lower()
            return (
                f'<loext:content-control loext:checkbox="true" loext:checked="{state}" loext:checked-state="☒" '
                f'loext:unchecked-state="☐">{sign}</loext:content-control>'
            )
        if kind == "field":
            return (
                f'<field:fieldmark text:name="box" field:type="vnd.oasis.opendocument.field.FORMCHECKBOX">'
                f'<field:param field:name="Checkbox_Checked" field:value="{str(ticked).lower()}"/></field:fieldmark>'
            )
        return "☒" if ticked else "☐"

    def blocks(self, values):
        out = ""
        for value in values:
            if isinstance(value, Text):
                style = ' text:style-name="Bold"' if value.bold else ""
                out += f"<text:p{style}>{self.runs(value)}</text:p>"
            elif isinstance(value, Item):
                out += f'<text:list text:style-name="Dashes"><text:list-item><text:p>{escape(value.text)}</text:p></text:list-item></text:list>'
            elif isinstance(value, Boxes):
                pieces = []
                for name, ticked in value.boxes:
                    box = self.box(ticked, value.kind)
                    pieces.append(f"{escape(name)} {box}" if value.after else f"{box} {escape(name)}")
                out += f"<text:p>{'<text:s/>  '.join(pieces)}</text:p>"
            elif isinstance(value, Blank):
                out += f'<text:p><text:placeholder text:placeholder-type="text">&lt;{escape(value.prompt)}&gt;</text:placeholder></text:p>'
            elif isinstance(value, Data):
                out += self.table(cells(value), len(value.rows[0])) + "<text:p/>"
            elif isinstance(value, Grid):
                out += self.table(value.rows, 4)
        return out

    def table(self, rows, columns):
        self.tables += 1
        out = f'<table:table table:name="t{self.tables}"><table:table-column table:number-columns-repeated="{columns}"/>'
        for row in rows:
            out += "<table:table-row>"
            for cell in row:
                if cell is COVERED:
                    out += "<table:covered-table-cell/>"
                    continue
                span = f' table:number-columns-spanned="{cell.across}"' if cell.across > 1 else ""
                span += f' table:number-rows-spanned="{cell.down}"' if cell.down > 1 else ""
                out += f'<table:table-cell{span} office:value-type="string">{self.blocks(cell.value)}</table:table-cell>'
                out += "<table:covered-table-cell/>" * (cell.across - 1)
            out += "</table:table-row>"
        return out + "</table:table>"

    def text(self):
        form = self.form
        body = self.blocks(form.blocks) + "<text:p/>"
        names = "office text table style fo loext field dc".split()
        base = "urn:oasis:names:tc:opendocument:xmlns:"
        spaces = {
            "office": base + "office:1.0",
            "text": base + "text:1.0",
            "table": base + "table:1.0",
            "style": base + "style:1.0",
            "fo": base + "xsl-fo-compatible:1.0",
            "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
            "field": "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
            "dc": "http://purl.org/dc/elements/1.1/",
        }
        spaces = " ".join(f'xmlns:{name}="{spaces[name]}"' for name in names)
        changes = f"<text:tracked-changes>{''.join(self.changes)}</text:tracked-changes>" if self.changes else ""
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {spaces} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles><style:style style:name="Standard" style:family="paragraph"/>
<text:list-style style:name="Dashes"><text:list-level-style-bullet text:level="1" text:bullet-char="–"/></text:list-style></office:styles>
<office:automatic-styles><style:style style:name="Bold" style:family="paragraph" style:parent-style-name="Standard"><style:text-properties fo:font-weight="bold"/></style:style>
<style:page-layout style:name="Page"><style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page">
<style:header><text:p>{escape(form.header)}</text:p></style:header><style:footer><text:p>{escape(form.footer)}</text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>{changes}{body}</office:text></office:body></office:document>"""


def with_libreoffice(form, target):
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, form.name + ".fodt")
        with open(source, "w", encoding="utf-8") as file:
            file.write(Odt(form).text())
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "docx:MS Word 2007 XML"]
        subprocess.run([*command, "--outdir", folder, source], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.replace(os.path.join(folder, form.name + ".docx"), target)


# --- python-docx -------------------------------------------------------------------------------------------------------

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


class Word:
    """A form as python-docx writes it, with the parts that it has no name for added as XML."""

    def __init__(self, form):
        import docx

        self.form, self.document, self.notes, self.changes = form, docx.Document(), [], 0

    def xml(self, text):
        from docx.oxml import parse_xml

        return parse_xml(re.sub(r"^<([\w:]+)", rf'<\1 xmlns:w="{W}" xmlns:w14="{W14}"', text, count=1))

    def run(self, text, deleted=False):
        name = "w:delText" if deleted else "w:t"
        return f'<w:r><{name} xml:space="preserve">{escape(text)}</{name}></w:r>'

    def fill(self, paragraph, text):
        if text.control:
            content = f'<w:sdt><w:sdtPr><w:alias w:val="value"/><w:text/></w:sdtPr><w:sdtContent>{self.run(text.text)}</w:sdtContent></w:sdt>'
            paragraph._p.append(self.xml(content))
        elif text.text:
            paragraph.add_run(text.text).bold = text.bold or None
        if text.change:
            deleted, inserted = text.change
            who = f'w:id="{self.changes}" w:author="Editor" w:date="2025-01-15T10:00:00Z"'
            self.changes += 1
            paragraph._p.append(self.xml(f"<w:del {who}>{self.run(deleted, True)}</w:del>"))
            paragraph._p.append(self.xml(f"<w:ins {who}>{self.run(inserted)}</w:ins>"))
        if text.tail:
            paragraph.add_run(text.tail)
        if text.note:
            self.notes.append(text.note)
            paragraph._p.append(self.xml(f'<w:r><w:footnoteReference w:id="{len(self.notes)}"/></w:r>'))

    def box(self, paragraph, ticked, kind):
        sign = "☒" if ticked else "☐"
        if kind == "control":
            value = 1 if ticked else 0
            content = (
                f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{value}"/><w14:checkedState w14:val="2612"/>'
                f'<w14:uncheckedState w14:val="2610"/></w14:checkbox></w:sdtPr><w:sdtContent>{self.run(sign)}</w:sdtContent></w:sdt>'
            )
            paragraph._p.append(self.xml(content))
        elif kind == "field":
            checked = "<w:checked/>" if ticked else ""
            for piece in (
                f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:enabled/><w:checkBox><w:sizeAuto/><w:default w:val="0"/>{checked}</w:checkBox></w:ffData></w:fldChar></w:r>',
                '<w:r><w:instrText xml:space="preserve"> FORMCHECKBOX </w:instrText></w:r>',
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            ):
                paragraph._p.append(self.xml(piece))
        else:
            paragraph.add_run(sign)

    def blocks(self, container, values, first=None):
        """Writes into a cell or the document; `first` is the empty paragraph that a cell comes with."""
        for value in values:
            if isinstance(value, Data):
                self.table(container.add_table(rows=len(value.rows), cols=len(value.rows[0])), cells(value))
                if first is not None:
                    first._p.getparent().remove(first._p)
                    first = None
                continue
            if isinstance(value, Grid):
                self.table(container.add_table(rows=len(value.rows), cols=4), value.rows)
                container.add_paragraph()
                continue
            paragraph = first if first is not None else container.add_paragraph()
            first = None
            if isinstance(value, Text):
                self.fill(paragraph, value)
            elif isinstance(value, Item):
                paragraph.style = self.document.styles["List Bullet"]
                paragraph.add_run(value.text)
            elif isinstance(value, Boxes):
                for at, (name, ticked) in enumerate(value.boxes):
                    space = "   " if at else ""
                    if value.after:
                        paragraph.add_run(f"{space}{name} ")
                        self.box(paragraph, ticked, value.kind)
                    else:
                        paragraph.add_run(space)
                        self.box(paragraph, ticked, value.kind)
                        paragraph.add_run(f" {name}")
            elif isinstance(value, Blank):
                content = (
                    '<w:sdt><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>'
                    f"<w:t>{escape(value.prompt)}</w:t></w:r></w:sdtContent></w:sdt>"
                )
                paragraph._p.append(self.xml(content))

    def table(self, table, rows):
        for at, row in enumerate(rows):
            column = 0
            for cell in row:
                if cell is COVERED:
                    column += 1
                    continue
                to = table.cell(at, column)
                if cell.across > 1 or cell.down > 1:
                    to = to.merge(table.cell(at + cell.down - 1, column + cell.across - 1))
                self.blocks(to, cell.value, to.paragraphs[0])
                column += cell.across

    def save(self, target):
        form, document = self.form, self.document
        document.sections[0].header.paragraphs[0].text = form.header
        document.sections[0].footer.paragraphs[0].text = form.footer
        self.blocks(document, form.blocks)
        self.add_notes()
        document.core_properties.author = ""
        document.save(target)

    def add_notes(self):
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        notes = "".join(f'<w:footnote w:id="{at + 1}"><w:p>{self.run(note)}</w:p></w:footnote>' for at, note in enumerate(self.notes))
        lines = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        content = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes xmlns:w="{W}">{lines}{notes}</w:footnotes>'
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        part = Part(PackURI("/word/footnotes.xml"), kind, content.encode(), self.document.part.package)
        self.document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")


# --- Both --------------------------------------------------------------------------------------------------------------

# Themes, fonts, settings and thumbnails say nothing about a proposal.
DROPPED = ("theme", "thumbnail", "fontTable", "webSettings", "customXml", "stylesWithEffects")


def trim(path):
    """Writes the archive again, well packed, with one date and without what no reader of forms looks at."""
    with zipfile.ZipFile(path) as archive:
        entries = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    kept = [(name, content) for name, content in entries if not any(word in name for word in DROPPED)]
    dropped = [os.path.basename(name) for name, _ in entries if any(word in name for word in DROPPED)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in kept:
            if name.endswith((".rels", "[Content_Types].xml")):
                text = content.decode()
                for gone in dropped:
                    text = re.sub(rf"<(Relationship|Override)\b[^>]*{re.escape(gone)}[^>]*/>", "", text)
                content = text.encode()
            elif name.endswith("styles.xml"):
                # Hundreds of styles that the form does not use.
                content = re.sub(rb"<w:latentStyles.*?</w:latentStyles>", b"", content, flags=re.S)
            entry = zipfile.ZipInfo(name, (2025, 1, 15, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)


def main():
    programs = sys.argv[1:] or ["libreoffice", "python-docx"]
    for program in programs:
        for form in forms(second=program == "python-docx"):
            target = os.path.join(HERE, f"{form.name}.{program}.docx")
            if program == "libreoffice":
                with_libreoffice(form, target)
            else:
                Word(form).save(target)
            trim(target)
            print(os.path.basename(target), os.path.getsize(target))


if __name__ == "__main__":
    main()

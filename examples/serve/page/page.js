// Sends the proposal and shows the answer in place. Without this script the form itself gives the
// report as a page.
"use strict";

const form = document.getElementById("form");
const drop = document.getElementById("drop");
const file = document.getElementById("file");
const state = document.getElementById("state");
const problem = document.getElementById("problem");
const result = document.getElementById("result");
const report = document.getElementById("report");
const source = document.getElementById("source");
const panel = document.getElementById("panel");
const tabs = [...document.querySelectorAll("[role=tab]")];
const types = { "tab-html": "text/html", "tab-json": "application/json", "tab-markdown": "text/markdown" };

// What was sent last: the service keeps nothing, so another form of the answer is asked for with it.
let sent = null;
let asked = 0;

async function ask(tab) {
  const number = ++asked;
  state.textContent = "Screening …";
  problem.textContent = "";
  let answer, text;
  try {
    answer = await fetch("/screenings", { method: "POST", body: sent, headers: { accept: types[tab.id] } });
    text = await answer.text();
  } catch {
    state.textContent = "";
    problem.textContent = "The service does not answer. Try again.";
    return;
  }
  // An answer that was overtaken by another is of no use.
  if (number !== asked) return;
  state.textContent = "";
  if (!answer.ok) {
    result.hidden = true;
    tell(text);
    return;
  }
  show(tab, text);
}

function tell(text) {
  let told = {};
  try { told = JSON.parse(text); } catch { /* not from the service itself */ }
  const place = told.line ? `Line ${told.line}, column ${told.column || 1}: ` : "";
  const remedy = told.remedy ? ` To do: ${told.remedy}.` : "";
  problem.textContent = `${place}${told.detail || "The service cannot answer."}.${remedy}`;
}

function show(tab, text) {
  for (const other of tabs) {
    other.setAttribute("aria-selected", String(other === tab));
    other.tabIndex = other === tab ? 0 : -1;
  }
  panel.setAttribute("aria-labelledby", tab.id);
  const isReport = tab.id === "tab-html";
  report.hidden = !isReport;
  source.hidden = isReport;
  if (isReport) {
    // An address of its own, so that links inside the report stay inside it.
    if (report.src) URL.revokeObjectURL(report.src);
    report.src = URL.createObjectURL(new Blob([text], { type: "text/html" }));
  } else {
    source.textContent = text;
  }
  const first = result.hidden;
  result.hidden = false;
  if (first) document.getElementById("result-heading").focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  sent = new FormData(form);
  result.hidden = true;
  ask(tabs[0]);
});

for (const [at, tab] of tabs.entries()) {
  tab.addEventListener("click", () => ask(tab));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = tabs[(at + step + tabs.length) % tabs.length];
    next.focus();
    next.click();
  });
}

for (const name of ["dragenter", "dragover"]) {
  drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
}
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  if (event.dataTransfer.files.length) {
    file.files = event.dataTransfer.files;
    file.dispatchEvent(new Event("change"));
    form.requestSubmit();
  }
});
file.addEventListener("change", () => {
  document.getElementById("chosen").textContent =
    file.files.length ? `Chosen: ${file.files[0].name}` : "… or drop it here";
});

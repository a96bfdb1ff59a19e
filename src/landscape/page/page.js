"use strict";
(() => {
  const table = document.getElementById("table");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const words = document.getElementById("words");
  const organization = document.getElementById("organization");
  const missing = document.getElementById("missing");
  const count = document.getElementById("count");

  // What an area's own section says can be searched too.
  const texts = rows.map((row) => {
    const link = row.querySelector("a");
    const section = document.getElementById(link.hash.slice(1));
    return (row.textContent + " " + (section ? section.textContent : "")).toLowerCase();
  });

  function filter() {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, at) => {
      const fits = wanted.every((word) => texts[at].includes(word)) &&
        (!organization.value || row.dataset.organizations.split(" ").includes(organization.value)) &&
        (!missing.checked || row.dataset.arranged === "no");
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    count.textContent = shown + " of " + rows.length + " areas";
  }

  function sort(head, at) {
    const rising = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    const isNumber = head.dataset.kind === "number";
    const key = (row) => row.cells[at].dataset.sort;
    const compare = (one, other) => isNumber
      ? Number(key(one)) - Number(key(other))
      : key(one).localeCompare(key(other), "en");
    // The order of the file settles ties.
    const order = new Map(rows.map((row, place) => [row, place]));
    const sorted = rows.slice().sort((one, other) =>
      rising * compare(one, other) || order.get(one) - order.get(other));
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", rising === 1 ? "ascending" : "descending");
    body.append(...sorted);
  }

  Array.from(table.tHead.rows[0].cells).forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sort(head, at));
    head.replaceChildren(button);
  });
  const form = document.querySelector(".controls");
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", filter);
  filter();
  // On paper everything is shown, and what was closed is closed again afterwards.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = Array.from(document.querySelectorAll("details:not([open])"));
    closed.forEach((one) => { one.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((one) => { one.open = false; }));
})();

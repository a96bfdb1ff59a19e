// The page of the landscape in a real browser, as a file without a network: sorted and filtered with
// mouse and keyboard, narrow and dark, on paper, without its script. No error on the console, no
// request but the page, and axe-core finds no violation.
//
//   node landscape.mjs LANDSCAPE CHROMIUM
//
// With SPCG_INDEX naming an index, the page has its evidence and finds; with SPCG_PICTURES naming a
// folder, pictures are left there.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [landscape, executablePath] = process.argv.slice(2);
assert(landscape && executablePath, "node landscape.mjs LANDSCAPE CHROMIUM");
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const { SPCG_INDEX: index, SPCG_PICTURES: pictures } = process.env;

const folder = await mkdtemp(join(tmpdir(), "landscape-"));
execFileSync(landscape, [...(index ? ["--index", index] : []), "build", "--day", "2031-02-01", "--out", folder]);
const address = pathToFileURL(join(folder, "landscape.html")).href;

const problems = [];
let step = "start";

async function opened(browser, options) {
  const context = await browser.newContext({ bypassCSP: true, ...options });
  const page = await context.newPage();
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) problems.push(`${step}: ${message.text()}`); });
  page.on("pageerror", (error) => problems.push(`${step}: ${error}`));
  page.on("request", (request) => { if (request.url().split("#")[0] !== address) problems.push(`${step}: asked for ${request.url()}`); });
  await page.goto(address);
  return page;
}

const names = (page) => page.locator("#table tbody tr:visible > th").allInnerTexts();
const sorted = (texts) => [...texts].sort((one, other) => one.localeCompare(other, "en"));

/** Every way of sorting gives all rows, in order, and says so. */
async function sorting(page) {
  step = "sorting";
  const all = await names(page);
  const heads = page.locator("#table thead th");
  for (let at = 0; at < await heads.count(); at++) {
    const head = heads.nth(at);
    for (const [way, sign] of [["ascending", 1], ["descending", -1]]) {
      await head.getByRole("button").focus();
      await page.keyboard.press("Enter");
      assert.equal(await head.getAttribute("aria-sort"), way);
      assert.equal(await page.locator("[aria-sort]").count(), 1, "two columns are sorted");
      const cells = await page.locator(`#table tbody tr > :nth-child(${at + 1})`).evaluateAll((cells) => cells.map((cell) => cell.dataset.sort));
      const isNumber = await head.getAttribute("data-kind") === "number";
      for (let row = 1; row < cells.length; row++) {
        const [one, other] = [cells[row - 1], cells[row]];
        const order = isNumber ? Number(one) - Number(other) : one.localeCompare(other, "en");
        assert(sign * order <= 0, `column ${at}, ${way}: ${one} before ${other}`);
      }
      assert.deepEqual(sorted(await names(page)), sorted(all), "sorting loses a row");
    }
  }
}

/** Words, organization and arrangement each leave the rows that fit, and together fewer. */
async function filtering(page) {
  step = "filtering";
  const all = (await names(page)).length;
  assert(all >= 20, `${all} areas`);
  await page.getByLabel("Words").fill("surge");
  const surge = await names(page);
  assert(surge.length > 0 && surge.length < all, `${surge.length} of ${all} with surge`);
  assert.equal(await page.locator("#count").innerText(), `${surge.length} of ${all} areas`);
  await page.getByLabel("Words").fill("no such area anywhere");
  assert.equal((await names(page)).length, 0);
  await page.getByLabel("Words").fill("");
  await page.locator("#organization").selectOption("ITU-T");
  const itu = page.locator("#table tbody tr:visible");
  for (const row of await itu.all()) assert.match(await row.getAttribute("data-organizations"), /ITU-T/);
  const before = await itu.count();
  await page.getByLabel("no arrangement on record").check();
  for (const row of await itu.all()) assert.equal(await row.getAttribute("data-arranged"), "no");
  assert(await itu.count() < before, "nothing is arranged anywhere");
  // On paper everything is shown.
  await page.emulateMedia({ media: "print" });
  assert.equal((await names(page)).length, all, "a filter hides rows on paper");
  await page.emulateMedia({ media: null });
  await page.getByLabel("no arrangement on record").uncheck();
  await page.locator("#organization").selectOption("");
  assert.equal((await names(page)).length, all);
}

/** No link within the page leads nowhere, and nothing is wider than the page. */
async function whole(page, name) {
  step = name;
  const lost = await page.locator("a[href^='#']").evaluateAll((links) => links.map((link) => link.hash.slice(1)).filter((id) => !document.getElementById(id)));
  assert.deepEqual(lost, []);
  const [width, room] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert(width <= room, `${width} pixels on ${room}`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document));
  for (const one of violations) {
    const where = one.nodes.slice(0, 3).map((node) => `${node.target.join(" ")}: ${node.failureSummary}`).join(" | ");
    problems.push(`${name}: ${one.id}: ${one.help}: ${where}`);
  }
  if (pictures) await page.screenshot({ path: `${pictures}/landscape-${name}.png` });
}

const browser = await chromium.launch({
  executablePath,
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  const wide = await opened(browser, { viewport: { width: 1400, height: 1000 } });
  await whole(wide, "wide");
  await sorting(wide);
  await filtering(wide);
  step = "an area";
  await wide.locator("#table tbody tr:visible a").first().click();
  const article = wide.locator(":target");
  assert(await article.isVisible(), "an area leads nowhere");
  if (pictures) await article.screenshot({ path: `${pictures}/landscape-area.png` });
  if (pictures) await wide.pdf({ path: `${pictures}/landscape.pdf`, format: "A4" });
  await whole(await opened(browser, { viewport: { width: 390, height: 844 } }), "narrow");
  await whole(await opened(browser, { viewport: { width: 1400, height: 1000 }, colorScheme: "dark" }), "dark");
  const plain = await opened(browser, { javaScriptEnabled: false });
  step = "no script";
  assert((await names(plain)).length >= 20, "without its script the page shows less");
  assert.equal(await plain.locator(".controls:visible").count(), 0, "controls that do nothing");
} finally {
  await browser.close();
  await rm(folder, { recursive: true });
}
assert.deepEqual(problems, []);
console.log("the page of the landscape: sorted, filtered, narrow, dark, on paper, without script");

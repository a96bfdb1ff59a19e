// The page of the service as a person meets it, in a real browser: a Word file is dropped, the
// verdict read, a reason opened, a finding followed to its place in the text, the result switched to
// JSON. All of it again with the keyboard alone. No error on the console, and axe-core finds no
// violation, in light and dark, wide and narrow.
//
//   node browser.mjs SERVE CHROMIUM

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import { word } from "./word.mjs";

const [serve, executablePath] = process.argv.slice(2);
assert(serve && executablePath, "node browser.mjs SERVE CHROMIUM");
const proposal = {
  name: "moss.docx",
  mimeType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  buffer: word([
    ["New work item proposal"],
    ["Title", "Panels of living moss for the cleaning of air in stations"],
    ["Addressed to", "ISO/TC 205"],
    ["Scope", "Requirements for panels of living moss that take dust and nitrogen oxides out of the air of underground stations, and tests of how well they do. The control of ventilation is left to ISO/TC 205."],
    ["Purpose", "Builders & operators <want> one way to compare such panels."],
    ["Related committees", "IEC TC 9", "ITU-T SG 5"],
  ]),
};
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = process.env.SPCG_PICTURES;

/** Starts the service on a free port; gives its address and how to end it. */
async function started() {
  const child = spawn(serve, ["--listen", "127.0.0.1:0"], { stdio: ["ignore", "ignore", "pipe"] });
  const lines = createInterface({ input: child.stderr });
  const address = await new Promise((told, failed) => {
    lines.on("line", (line) => { const found = line.match(/http:\/\/[^\s]+/); if (found) told(found[0]); });
    child.on("exit", (status) => failed(new Error(`the service ended with ${status}`)));
  });
  return { address, end: () => new Promise((done) => { child.removeAllListeners("exit"); child.on("exit", done); child.kill("SIGTERM"); }) };
}

const problems = [];
let step = "start";

async function opened(browser, options) {
  const context = await browser.newContext({ bypassCSP: true, ...options });
  const page = await context.newPage();
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) problems.push(`${step}: ${message.text()}`); });
  page.on("pageerror", (error) => problems.push(`${step}: ${error}`));
  page.on("requestfailed", (request) => problems.push(`${step}: ${request.url()} failed`));
  return page;
}

/** The page. Its frame for reports lets no script run, axe-core's neither: in this test it does. */
async function visited(page, address) {
  await page.goto(address);
  await page.evaluate(() => document.getElementById("report").removeAttribute("sandbox"));
}

/** What axe-core says against a page or frame. */
async function accessible(frame, what) {
  await frame.evaluate(axe);
  const { violations } = await frame.evaluate(() => globalThis.axe.run(document, { iframes: false }));
  for (const one of violations) {
    const where = one.nodes.slice(0, 3).map((node) => `${node.target.join(" ")}: ${node.failureSummary}`).join(" | ");
    problems.push(`${what}: ${one.id}: ${one.help}: ${where}`);
  }
}

async function reportOf(page) {
  await page.locator("#result").waitFor({ state: "visible" });
  const handle = await page.locator("#report").elementHandle();
  const frame = await handle.contentFrame();
  await frame.waitForSelector("h1");
  return frame;
}

/** Drops a file on the page, as from a file manager. */
async function dropped(page, file) {
  const bytes = file.buffer.toString("base64");
  const transfer = await page.evaluateHandle(([bytes, name]) => {
    const transfer = new DataTransfer();
    const content = Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0));
    transfer.items.add(new File([content], name));
    return transfer;
  }, [bytes, file.name]);
  await page.dispatchEvent("#drop", "dragenter", { dataTransfer: transfer });
  await page.dispatchEvent("#drop", "drop", { dataTransfer: transfer });
}

/** The verdict stands in the report, a reason opens, and a finding leads to its place. */
async function followed(frame) {
  const text = await frame.locator("body").innerText();
  assert.match(text, /circulate/, "no verdict");
  const reason = frame.locator("details:not([open]) > summary").first();
  await reason.click();
  assert.notEqual(await frame.locator("details[open]").count(), 0, "no reason opens");
  const links = frame.locator("a[href^='#']");
  let marked = 0;
  for (let at = 0; at < await links.count() && marked === 0; at++) {
    const target = await links.nth(at).getAttribute("href");
    const place = frame.locator(`[id='${target.slice(1)}']`);
    if (await place.count() === 0) { problems.push(`${target} leads nowhere`); continue; }
    if (await place.evaluate((element) => element.id !== "proposal" && element.closest("#proposal") !== null)) {
      await links.nth(at).evaluate((link) => { for (let e = link.parentElement; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true; });
      await links.nth(at).click();
      assert(await place.isVisible(), `${target} is not to be seen`);
      marked++;
    }
  }
  assert.equal(marked, 1, "no finding leads to its place in the text");
}

async function withMouse(browser, address, options, name) {
  step = `${name}: page`;
  const page = await opened(browser, options);
  await visited(page, address);
  await accessible(page.mainFrame(), `${name}: page`);
  step = `${name}: report`;
  await dropped(page, proposal);
  const frame = await reportOf(page);
  await followed(frame);
  await accessible(frame, `${name}: report`);
  await accessible(page.mainFrame(), `${name}: page with report`);
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
  step = `${name}: JSON`;
  await page.getByRole("tab", { name: "JSON" }).click();
  const source = page.locator("#source");
  await source.waitFor({ state: "visible" });
  assert.equal(typeof JSON.parse(await source.textContent()).verdict, "string");
  await accessible(page.mainFrame(), `${name}: JSON`);
  await page.context().close();
}

async function tabTo(page, wanted) {
  for (let count = 0; count < 40; count++) {
    await page.keyboard.press("Tab");
    const id = await page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent?.trim());
    if (id === wanted) return;
  }
  assert.fail(`the keyboard does not reach ${wanted}`);
}

async function withKeyboard(browser, address) {
  step = "keyboard";
  const page = await opened(browser, {});
  await visited(page, address);
  await tabTo(page, "text");
  await page.keyboard.insertText("# Smart lifts\n\n## Scope\n\nLifts that talk to delivery robots.\n");
  await tabTo(page, "Screen");
  await page.keyboard.press("Enter");
  const frame = await reportOf(page);
  assert.equal(await page.evaluate(() => document.activeElement.id), "result-heading");
  await tabTo(page, "tab-html");
  // Into the report, to the first reason, and open it.
  const opens = () => frame.evaluate(() => document.activeElement?.tagName === "SUMMARY");
  for (let count = 0; count < 400 && !(await opens()); count++) await page.keyboard.press("Tab");
  assert(await opens(), "the keyboard reaches no reason");
  const before = await frame.locator("details[open]").count();
  await page.keyboard.press("Enter");
  assert.notEqual(await frame.locator("details[open]").count(), before, "the reason does not open");
  await page.locator("#tab-html").focus();
  await page.keyboard.press("ArrowRight");
  await page.locator("#source").waitFor({ state: "visible" });
  JSON.parse(await page.locator("#source").textContent());
  step = "keyboard: problem";
  await page.locator("#text").fill("Dear all, the lift is out of order.");
  await page.getByRole("button", { name: "Screen" }).focus();
  const answered = page.waitForResponse((response) => response.url().endsWith("/screenings"));
  await page.keyboard.press("Enter");
  assert.equal((await answered).status(), 422);
  await page.locator("#problem:not(:empty)").waitFor();
  assert.match(await page.locator("#problem").innerText(), /To do/);
  await accessible(page.mainFrame(), "problem");
  // The browser itself writes a line about a status of 422: it is no error of the page.
  const own = problems.findIndex((text) => text.startsWith(step) && text.includes("422"));
  if (own >= 0) problems.splice(own, 1);
  await page.context().close();
}

async function withoutScript(browser, address) {
  step = "no script";
  const page = await opened(browser, { javaScriptEnabled: false });
  await page.goto(address);
  await page.setInputFiles("#file", proposal);
  await page.getByRole("button", { name: "Screen" }).click();
  await page.locator("h1").waitFor();
  assert.match(await page.locator("body").innerText(), /circulate/);
  await page.context().close();
}

const service = await started();
const browser = await chromium.launch({
  executablePath,
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  await withMouse(browser, service.address, { viewport: { width: 1280, height: 900 } }, "wide");
  await withMouse(browser, service.address, { viewport: { width: 360, height: 740 }, colorScheme: "dark" }, "narrow-dark");
  await withKeyboard(browser, service.address);
  await withoutScript(browser, service.address);
} finally {
  await browser.close();
  assert.equal(await service.end(), 0, "the service does not end well");
}
assert.deepEqual(problems, []);
console.log("browser: dropped, read, opened, followed, switched; keyboard alone; no script; nothing against accessibility");

// Looks at pages in headless Chromium, as tests/page/check.sh says.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRequire } from "node:module";
import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";
import { pages, tenThousand } from "./batches.mjs";
import { filterAndSort } from "./controls.mjs";

const [root, kept] = process.argv.slice(2);
const folder = kept || mkdtempSync(join(tmpdir(), "pages-"));
mkdirSync(folder, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
let passed = 0;
const step = async (name, run) => {
  const start = Date.now();
  try {
    await run();
    passed += 1;
    console.log(`ok: ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  } catch (error) {
    console.error(`FAILED: ${name}\n${error.stack}`);
    process.exitCode = 1;
  }
};

/** Opens a page and notes down everything that it should not do. */
async function open(file, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => wrong.push(`dialog: ${dialog.message()}`));
  page.on("request", (request) => {
    if (!request.isNavigationRequest()) wrong.push(`request: ${request.url()}`);
  });
  await page.addInitScript(() => {
    globalThis.violations = [];
    addEventListener("securitypolicyviolation", (event) => globalThis.violations.push(event.violatedDirective), true);
  });
  await page.goto(`file://${encodeURI(file)}`);
  return { page, context, wrong };
}

/** What lies behind the right border, where nobody sees it. */
const tooWide = (page) => page.evaluate(() => {
  const width = document.documentElement.clientWidth;
  const scrolls = document.documentElement.scrollWidth > width ? [`the page is ${document.documentElement.scrollWidth} wide`] : [];
  const boxes = [...document.querySelectorAll("body *")].filter((element) =>
    element.getBoundingClientRect().right > width + 1 && !element.closest(".scroll, svg, .skip"));
  return [...scrolls, ...boxes.map((element) => element.outerHTML.slice(0, 120))].slice(0, 5);
});

for (const { name, file, json } of pages(root, folder)) {
  await step(`${name}: nothing runs, nothing is asked for`, async () => {
    const { page, context, wrong } = await open(file);
    assert.match(await page.title(), /^(Pre-send review|Invitations on)/);
    await page.waitForTimeout(200);
    assert.deepEqual(await page.evaluate(() => globalThis.violations), []);
    assert.deepEqual(wrong, []);
    const scripts = await page.evaluate(() => document.scripts.length);
    assert.equal(scripts, json ? 1 : 0);
    // The policy is not only written down: what it does not name does not run.
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "document.title = 'owned'";
      document.body.append(script);
      document.body.setAttribute("style", "color:red");
    });
    assert.notEqual(await page.title(), "owned");
    const refused = await page.evaluate(() => globalThis.violations);
    assert.ok(refused.some((directive) => directive.startsWith("script-src")), refused);
    await context.close();
  });

  // One page is long: what the others show of its notes need not be shown again.
  const long = name === "many";
  for (const width of long ? [390] : [320, 390, 768, 1280]) {
    await step(`${name}: fits into ${width} pixels`, async () => {
      const { page, context } = await open(file, { viewport: { width, height: 900 } });
      assert.deepEqual(await tooWide(page), []);
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
      assert.deepEqual(await tooWide(page), []);
      await context.close();
    });
  }

  for (const colorScheme of long ? [] : ["light", "dark"]) {
    await step(`${name}: accessible, ${colorScheme}`, async () => {
      const { page, context } = await open(file, { colorScheme });
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
      const told = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.html} ${node.failureSummary}`).join("; ")}`);
      assert.deepEqual(told, []);
      await context.close();
    });
  }

  if (!long) await step(`${name}: valid HTML`, async () => {
    const validator = new HtmlValidate({
      extends: ["html-validate:standard"],
      rules: {
        // Matters of taste: `<!DOCTYPE html>`, closed or not; long lines of ours end in no space.
        "void-style": "off",
        "no-trailing-whitespace": "off",
        "long-title": "off",
        // A heading of a card is one of several of that level.
        "heading-level": ["error", { allowMultipleH1: false }],
      },
    });
    const report = await validator.validateString(readFileSync(file, "utf8"));
    const messages = report.results.flatMap((result) => result.messages);
    const told = messages.map(({ line, ruleId, message }) => `${line} ${ruleId}: ${message}`);
    assert.deepEqual(told.slice(0, 10), []);
  });

  if (!json) continue;

  await step(`${name}: to be read without script`, async () => {
    const { page, context } = await open(file, { javaScriptEnabled: false });
    const cards = page.locator("#cards > li");
    assert.equal(await page.locator("form").isVisible(), false);
    assert.equal(await page.locator("button:visible").count(), 0);
    assert.equal(await page.locator("#cards > li:visible").count(), await cards.count());
    await context.close();
  });

  if (!long) await step(`${name}: can be printed`, async () => {
    const { page, context } = await open(file, { colorScheme: "dark" });
    const print = join(folder, `${name}.pdf`);
    await page.pdf({ path: print, format: "A4" });
    const words = execFileSync("pdftotext", [print, "-"], { encoding: "utf8" });
    assert.match(words, /Pre-send review/);
    assert.doesNotMatch(words, /Show only these|The numbers|Skip to/);
    await page.emulateMedia({ media: "print" });
    const colors = await page.evaluate(() => [document.body, document.querySelector(".who")].filter(Boolean).map((element) => getComputedStyle(element).color));
    assert.deepEqual([...new Set(colors)], ["rgb(0, 0, 0)"]);
    await context.close();
  });

  await step(`${name}: filters and sorts`, async () => {
    const { page, context, wrong } = await open(file);
    await filterAndSort(page, json);
    assert.deepEqual(wrong, []);
    await context.close();
  });
}

await step("ten thousand notes: open and filter within seconds", async () => {
  const { page, context } = await open(tenThousand(root, folder));
  const start = Date.now();
  const shown = await page.evaluate(async () => {
    const form = document.getElementById("find");
    form.elements.namedItem("grade").value = "revise";
    form.dispatchEvent(new Event("input"));
    await new Promise((done) => { setTimeout(() => requestAnimationFrame(() => setTimeout(done)), 200); });
    return document.getElementById("count").textContent;
  });
  assert.match(shown, /^[1-9][0-9]* of 10000 notes shown$/);
  // It takes half a second; a browser that counts list items anew each time takes minutes.
  assert.ok(Date.now() - start < 20_000, `${Date.now() - start} ms`);
  await context.close();
});

if (kept) {
  for (const name of ["review", "hostile", "audit"]) {
    for (const [width, colorScheme] of [[390, "light"], [390, "dark"], [1280, "light"], [1280, "dark"]]) {
      const { page, context } = await open(join(folder, `${name}.html`), { viewport: { width, height: 1200 }, colorScheme });
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`) });
      await context.close();
    }
  }
} else {
  rmSync(folder, { recursive: true });
}
await browser.close();
console.log(`${passed} passed, ${process.exitCode ? "some" : 0} failed`);

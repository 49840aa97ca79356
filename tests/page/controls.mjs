// Filters and sorts as a person would, and compares with what the JSON says.
import assert from "node:assert/strict";

/** The numbers of the notes to be seen, in their order. */
const seen = (page) => page.evaluate(() =>
  [...document.querySelectorAll("#cards > li")].filter((item) => item.checkVisibility()).map((item) => Number(item.dataset.file)));

/** Until the page has done what was asked: it waits a moment for more, where there are many notes. */
const settle = async (page) => {
  const many = await page.locator("#cards > li").count() > 200;
  await page.waitForTimeout(many ? 300 : 30);
};

export async function filterAndSort(page, json) {
  const notes = json.notes.map((note, number) => ({ ...note, number }));
  const form = page.locator("#find");
  if (notes.length === 0) {
    assert.equal(await form.count(), 0);
    return;
  }
  assert.ok(await form.isVisible());
  const all = await seen(page);
  const there = new Set(all);
  const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
  const expect = async (wanted, what) => {
    await settle(page);
    const wantedHere = wanted.filter((number) => there.has(number));
    assert.deepEqual(sorted(await seen(page)), sorted(wantedHere), what);
    const notes = all.length === 1 ? "note" : "notes";
    assert.equal(await page.locator("#count").textContent(), `${wantedHere.length} of ${all.length} ${notes} shown`);
  };

  // The worst first, as it comes.
  const scores = all.map((number) => json.notes[number].score ?? 101);
  assert.deepEqual(scores, [...scores].sort((a, b) => a - b));

  for (const grade of ["ready", "revise", "rewrite"]) {
    await page.selectOption("select[name=grade]", grade);
    await expect(notes.filter((note) => note.grade === grade).map((note) => note.number), grade);
  }
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(all, "after a reset");

  for (const part of ["reference", "reason", "value"]) {
    await page.selectOption("select[name=what]", `part-${part}`);
    const weak = notes.filter((note) => note.parts && note.parts[part].level !== "specific");
    await expect(weak.map((note) => note.number), part);
  }
  const options = await page.locator("select[name=what] option[value^=rule-]").all();
  const rules = [...new Set(json.diagnostics.filter((found) => found.note).map((found) => found.rule))];
  assert.equal(options.length, rules.length);
  for (const option of options.slice(0, 8)) {
    const rule = await option.textContent();
    await page.selectOption("select[name=what]", await option.getAttribute("value"));
    const ids = new Set(json.diagnostics.filter((found) => found.rule === rule).map((found) => found.note));
    await expect(notes.filter((note) => ids.has(note.id)).map((note) => note.number), rule);
  }

  // By keyboard alone: from the search to the next fields.
  await page.selectOption("select[name=what]", "");
  await page.locator("input[name=words]").focus();
  await page.keyboard.type("SEND to");
  await settle(page);
  const texts = await page.evaluate(() => Object.fromEntries(
    [...document.querySelectorAll("#cards > li")].map((item) => [item.dataset.file, item.textContent.normalize("NFKC").toLowerCase()])));
  await expect(all.filter((number) => texts[number].includes("send") && texts[number].includes("to")), "words");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("name")), "grade");
  await page.getByRole("button", { name: "Show all" }).press("Enter");
  await expect(all, "all again");

  await page.selectOption("select[name=order]", "file");
  await settle(page);
  assert.deepEqual(await seen(page), sorted(all));
  await page.selectOption("select[name=order]", "name");
  await settle(page);
  const names = await page.evaluate(() => [...document.querySelectorAll("#cards > li")].map((item) => item.querySelector(".name")?.textContent ?? ""));
  const known = names.filter(Boolean);
  const compare = new Intl.Collator("en-US", { numeric: true, sensitivity: "base" }).compare;
  assert.deepEqual(known, [...known].sort(compare));
  assert.ok(names.slice(known.length).every((name) => name === ""));
  await page.selectOption("select[name=order]", "score");
  await settle(page);
  assert.deepEqual(await seen(page), all);

  // A link to a note that is filtered out shows it.
  const link = page.locator("#first a, #alike a").first();
  if (await link.count()) {
    const target = (await link.getAttribute("href")).slice(1);
    await page.locator("input[name=words]").fill("zzzz no such words");
    await settle(page);
    assert.equal((await seen(page)).length, 0);
    await link.click();
    await settle(page);
    assert.ok(await page.locator(`[id="${target}"]`).isVisible());
  }
  const button = page.locator("button[data-what]").first();
  if (await button.count()) {
    await button.click();
    await settle(page);
    assert.equal(await page.locator("select[name=what]").inputValue(), await button.getAttribute("data-what"));
    assert.ok((await seen(page)).length > 0);
  }

  // The first thing that the keyboard reaches leads past the head.
  await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
  await page.reload();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  assert.ok(await page.locator(".skip").isVisible());
}

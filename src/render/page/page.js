// Filters and sorts the notes of the page. Without it everything is there to read, in one order.
"use strict";
(() => {
  const form = document.getElementById("find");
  const list = document.getElementById("cards");
  if (!form || !list) return;

  const cards = Array.from(list.children, (item, rank) => ({
    item,
    rank,
    grade: item.dataset.grade,
    file: Number(item.dataset.file),
    what: new Set(item.dataset.what.split(" ")),
    name: item.querySelector(".name")?.textContent ?? "",
    text: null,
  }));
  const count = document.getElementById("count");
  const compare = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" }).compare;
  const orders = {
    score: (a, b) => a.rank - b.rank,
    file: (a, b) => a.file - b.file,
    // Those without a name come last.
    name: (a, b) => (a.name === "") - (b.name === "") || compare(a.name, b.name) || a.rank - b.rank,
  };
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const value = (name) => form.elements.namedItem(name)?.value ?? "";

  const matches = (card, words, grade, what) => {
    if (grade && card.grade !== grade) return false;
    if (what && !card.what.has(what)) return false;
    if (words.length === 0) return true;
    card.text ??= fold(card.item.textContent);
    return words.every((word) => card.text.includes(word));
  };

  const filter = () => {
    const words = fold(value("words")).split(/\s+/).filter(Boolean);
    const [grade, what] = [value("grade"), value("what")];
    let shown = 0;
    for (const card of cards) {
      const match = matches(card, words, grade, what);
      card.item.hidden = !match;
      shown += match ? 1 : 0;
    }
    const notes = cards.length === 1 ? "note" : "notes";
    count.textContent = `${shown} of ${cards.length} ${notes} shown`;
  };

  let order = "score";
  const sort = () => {
    if (value("order") === order) return;
    order = value("order");
    list.append(...[...cards].sort(orders[order]).map((card) => card.item));
  };

  const apply = () => {
    filter();
    sort();
  };

  // A link to a note that the filter hides shows it all the same.
  const follow = () => {
    const target = document.getElementById(location.hash.slice(1));
    const item = target?.closest("#cards > li");
    if (!item?.hidden) return;
    form.reset();
    apply();
    target.scrollIntoView();
  };

  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, cards.length > 200 ? 150 : 0);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  // The fields are emptied only after the event.
  form.addEventListener("reset", () => setTimeout(apply));
  addEventListener("hashchange", follow);
  for (const button of document.querySelectorAll("button[data-what]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      form.reset();
      form.elements.namedItem("what").value = button.dataset.what;
      apply();
      form.scrollIntoView();
      form.elements.namedItem("what").focus({ preventScroll: true });
    });
  }
  form.hidden = false;
  apply();
})();

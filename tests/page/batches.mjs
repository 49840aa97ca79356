// The pages to look at: batches, and what the program says of them.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const NOW = ["--now", "2026-03-27T12:00Z"];

/** Writes the pages into a folder: name, file, and the same as JSON. */
export function pages(root, folder) {
  const connote = (...options) =>
    execFileSync(process.env.CONNOTE, options, { cwd: root, maxBuffer: 1 << 28, encoding: "utf8" });
  const check = (name, paths, ...options) => {
    const file = join(folder, `${name}.html`);
    const common = ["check", ...paths, "--isolated", "--exit-zero", ...NOW];
    connote(...common, "--format", "html", "--output", file, ...options);
    const json = JSON.parse(connote(...common, "--format", "json"));
    return { name, file, json };
  };

  // A name of a file can be hostile, too.
  const evil = join(folder, "\"><img src=x onerror=document.title='owned'>");
  mkdirSync(evil, { recursive: true });
  writeFileSync(join(evil, "<b onclick=x>&amp;.md"), "Hi {{name}}, <script>document.title='owned'</script>\n");

  const batch = many(root, join(folder, "many.jsonl"), 700);
  writeFileSync(join(folder, "empty.csv"), "name,message\nAna,\n");

  const audit = join(folder, "audit.html");
  connote("audit", "samples/export.zip", "--ledger", "samples/ledger.csv", "--now", "2026-02-15", "--html", audit);
  return [
    check("review", ["samples/drafts", "samples/batch.csv", "samples/plan.csv", "samples/broken"]),
    check("hostile", ["samples/hostile", "tests/page/attacks.jsonl", evil]),
    check("many", [batch]),
    check("one", ["samples/drafts/priya-cold-rooms.md"]),
    check("empty", [join(folder, "empty.csv")]),
    { name: "audit", file: audit, json: null },
  ];
}

/** Writes a batch of notes of the corpus, told apart by a number. */
function many(root, batch, count) {
  const corpus = readFileSync(join(root, "samples/corpus/notes.jsonl"), "utf8").trim().split("\n");
  const lines = [];
  for (let number = 0; number < count; number += 1) {
    const note = JSON.parse(corpus[number % corpus.length]);
    const hour = 9 + (number % 11);
    lines.push(JSON.stringify({ ...note, id: `m${number}`, note: `${note.note} ${number}`, location: "Oslo, Norway",
      send_at: `2026-03-${30 + (number % 2)} ${hour}:00` }));
  }
  writeFileSync(batch, `${lines.join("\n")}\n`);
  return batch;
}

/** A page with all of ten thousand notes. */
export function tenThousand(root, folder) {
  const batch = many(root, join(folder, "ten-thousand.jsonl"), 10_000);
  const file = join(folder, "ten-thousand.html");
  execFileSync(process.env.CONNOTE, ["check", batch, "--isolated", "--exit-zero", "--all", ...NOW, "--output", file,
    "--format", "html"]);
  return file;
}

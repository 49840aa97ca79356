#!/usr/bin/env python3
"""How long an editor waits for the findings after a keystroke in a large spreadsheet.

  keystroke.py [--notes N] [--keys K] [--connote PATH] [--generator PATH] [--related]

Starts `connote lsp`, opens a CSV of N notes (5,000), and types K letters (60), one after the other, at ten places
of the file; waits for the findings after each. Shows the median and the 95th percentile of the milliseconds from
sending the change to having read the findings, and the milliseconds of processor that a keystroke took.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent


class Server:
    def __init__(self, program):
        self.process = subprocess.Popen(
            [program, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def send(self, message):
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.process.stdin.flush()

    def read(self):
        length = 0
        while True:
            line = self.process.stdout.readline().strip()
            if not line:
                break
            length = int(line.split(b":")[1])
        return self.process.stdout.read(length)

    def findings(self, version):
        """Reads until the findings of a version are there; returns their size."""
        wanted = b'"version":%d' % version
        while True:
            data = self.read()
            if b'"textDocument/publishDiagnostics"' in data[:80] and wanted in data[-40:]:
                return len(data)

    def processor(self):
        """Seconds of processor so far."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, default=5000)
    parser.add_argument("--keys", type=int, default=60)
    parser.add_argument("--connote", default="target/release/connote")
    parser.add_argument("--generator", default=str(HERE / "notes.py"))
    parser.add_argument("--related", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "batch.csv"
        command = [sys.executable, args.generator, "--n", str(args.notes), "--format", "csv", "--out", str(path)]
        subprocess.run(command + ["--related"] * args.related, check=True)
        text = path.read_text(encoding="utf-8")
        uri = path.as_uri()
        server = Server(args.connote)
        server.send({"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}})
        server.read()
        server.send({"method": "initialized", "params": {}})
        start = time.perf_counter()
        document = {"uri": uri, "languageId": "csv", "version": 1, "text": text}
        server.send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        server.findings(1)
        print(f"{args.notes} notes, {len(text)} letters; opened in {time.perf_counter() - start:.2f} s")
        lines = text.split("\n")
        waits, size = [], 0
        before = server.processor()
        for key in range(args.keys):
            line = 1 + (key % 10) * (len(lines) - 2) // 10
            # In the midst of the note, behind a space.
            column = lines[line].rindex(" ") + 1
            place = {"line": line, "character": len(lines[line][:column].encode("utf-16-le")) // 2}
            lines[line] = lines[line][:column] + "x" + lines[line][column:]
            version = key + 2
            change = {"range": {"start": place, "end": place}, "text": "x"}
            params = {"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]}
            start = time.perf_counter()
            server.send({"method": "textDocument/didChange", "params": params})
            size = server.findings(version)
            waits.append((time.perf_counter() - start) * 1000)
        processor = (server.processor() - before) / args.keys * 1000
        server.send({"id": 2, "method": "shutdown", "params": None})
        server.send({"method": "exit"})
        server.process.wait()
    waits.sort()
    print(
        f"keystroke: median {statistics.median(waits):.1f} ms, 95 % {waits[int(len(waits) * 0.95)]:.1f} ms, "
        f"best {waits[0]:.1f} ms, {processor:.1f} ms of processor; {size} bytes of findings"
    )


if __name__ == "__main__":
    main()

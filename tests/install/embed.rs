//! The library as an embedding program uses it: texts in, one a line, the JSON document out.

use std::io::Read;

fn main() -> std::io::Result<()> {
    let mut lines = String::new();
    std::io::stdin().read_to_string(&mut lines)?;
    let batch = connote::Linter::new().lint(lines.lines());
    std::io::Write::write_all(&mut std::io::stdout(), batch.to_json().as_bytes())
}

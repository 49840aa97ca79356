//! Which lines of a file changed, as the heads of a diff without context tell.

/// Changed lines of a file as it is now. Lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Lines {
    /// All of it.
    All,
    /// Some; perhaps none.
    Some(Vec<Hunk>),
}

/// Lines that are new or changed, or a place between two lines where some were taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hunk {
    /// The first changed line; for lines that are gone, the one before them.
    start: u32,
    /// How many.
    count: u32,
}

impl Lines {
    /// Reads the output of `git diff --unified=0` for one file.
    pub(crate) fn of_diff(diff: &[u8]) -> Self {
        let mut hunks = Vec::new();
        for line in diff.split(|&byte| byte == b'\n') {
            if line.starts_with(b"Binary files ") {
                return Self::All;
            }
            hunks.extend(hunk(line));
        }
        Self::Some(hunks)
    }

    /// Whether something changed from one line to another, both included.
    pub(crate) fn touch(&self, first: u32, last: u32) -> bool {
        let Self::Some(hunks) = self else { return true };
        hunks.iter().any(|hunk| match hunk.count {
            // Gone from within: the lines on both sides are part of it.
            0 => first <= hunk.start && hunk.start < last,
            count => first < hunk.start.saturating_add(count) && hunk.start <= last,
        })
    }
}

/// The new side of `@@ -1,2 +3,4 @@`.
fn hunk(line: &[u8]) -> Option<Hunk> {
    let head =
        std::str::from_utf8(line.strip_prefix(b"@@ -")?.split(|&b| b == b'@').next()?).ok()?;
    let (_, new) = head.split_once(" +")?;
    let (start, count) = new.trim().split_once(',').unwrap_or((new.trim(), "1"));
    Some(Hunk {
        start: start.parse().ok()?,
        count: count.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_the_new_side() {
        // Made with git: line 2 changed, two lines behind line 4 taken out, a line added at the end.
        let diff =
            b"diff --git a/b.csv b/b.csv\n--- a/b.csv\n+++ b/b.csv\n@@ -2 +2 @@ id,note\n-x\n+y\n\
            @@ -5,2 +4,0 @@ @@ -1 +9 @@\n-a\n-b\n@@ -9,0 +8,2 @@\n+@@ -1 +1 @@\n+\xff\n";
        let lines = Lines::of_diff(diff);
        let touched: Vec<u32> = (1..12).filter(|&line| lines.touch(line, line)).collect();
        assert_eq!(touched, [2, 8, 9]);
        assert!(lines.touch(3, 5), "lines are gone from within");
        assert!(!lines.touch(3, 4) && !lines.touch(5, 7), "or from behind");
        assert!(lines.touch(9, u32::MAX) && !lines.touch(10, u32::MAX));
    }

    #[test]
    fn what_is_no_text_changed_as_a_whole() {
        let binary = b"diff --git a/x b/x\nBinary files a/x and b/x differ\n";
        assert_eq!(Lines::of_diff(binary), Lines::All);
        assert_eq!(Lines::of_diff(b""), Lines::Some(Vec::new()));
    }
}

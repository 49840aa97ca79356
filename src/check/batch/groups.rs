//! Which texts are alike, directly or by a chain of others.

use rayon::prelude::*;

use crate::check::batch::Batch;
use crate::similarity::Threshold;
use crate::similarity::components;

/// Texts that are alike, directly or by a chain.
#[derive(Debug)]
pub(crate) struct Component {
    /// The texts, at least two, by their keys: an order that does not depend on that of the notes.
    pub(crate) texts: Vec<u32>,
    /// The drafts that have these texts, ascending.
    pub(crate) notes: Vec<u32>,
}

/// The groups of a batch from a threshold on, by their first note.
pub(super) fn alike(batch: &Batch<'_>, threshold: Threshold) -> Vec<Component> {
    let texts = batch.texts();
    let members: Vec<u32> = (0..texts.len() as u32)
        .filter(|&text| !texts.drafts(text).is_empty())
        .collect();
    let roots = components(&texts.sets, &members, threshold);
    let mut by_root: Vec<(u32, u64, u32)> = Vec::new();
    let mut counts = vec![0u32; members.len()];
    for &root in &roots {
        counts[root as usize] += 1;
    }
    for (position, &root) in roots.iter().enumerate() {
        if counts[root as usize] > 1 {
            let text = members[position];
            by_root.push((root, texts.keys[text as usize], text));
        }
    }
    drop((roots, counts, members));
    by_root.par_sort_unstable();
    let mut components: Vec<Component> = by_root
        .chunk_by(|a, b| a.0 == b.0)
        .map(|group| {
            let alike: Vec<u32> = group.iter().map(|&(.., text)| text).collect();
            let mut notes: Vec<u32> = alike
                .iter()
                .flat_map(|&text| texts.drafts(text).iter().copied())
                .collect();
            notes.sort_unstable();
            Component {
                texts: alike,
                notes,
            }
        })
        .collect();
    components.sort_by_key(|component| component.notes.first().copied());
    components
}

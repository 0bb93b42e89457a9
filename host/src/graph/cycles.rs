//! Cycles: a declaration that needs itself, through however many others.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Declaration;
use std::collections::HashMap;

/// So many declarations of a cycle are told.
const MOST_SHOWN: usize = 50;

/// Reports each group of declarations that need each other, with one path through it.
pub(super) fn refuse(nodes: &[Declaration], edges: &[Vec<u32>], diagnostics: &mut Diagnostics) {
    rings(edges).iter().for_each(|ring| report(nodes, ring, diagnostics));
}

/// Returns one cycle of each group of nodes that need each other: each node once, the smallest first.
pub(super) fn rings(edges: &[Vec<u32>]) -> Vec<Vec<usize>> {
    let reversed = reverse(edges);
    let mut left = in_cycles(edges, &reversed);
    let mut rings = Vec::new();
    for start in 0..left.len() {
        if left[start] {
            let mut ring = path_back(start, edges, &left);
            ring.pop();
            // The same cycle reads the same wherever it was entered.
            let first = (0..ring.len()).min_by_key(|position| ring[*position]).unwrap_or(0);
            ring.rotate_left(first);
            rings.push(ring);
            // What hangs together with a reported cycle would only repeat it.
            forget_connected(start, edges, &reversed, &mut left);
        }
    }
    rings
}

/// Returns which nodes are left when those without open dependencies are taken away, again and again, from both ends: the cycles, and what lies
/// between them.
fn in_cycles(edges: &[Vec<u32>], reversed: &[Vec<u32>]) -> Vec<bool> {
    let mut left = vec![true; edges.len()];
    for (out, back) in [(edges, reversed), (reversed, edges)] {
        let open = |targets: &Vec<u32>| targets.iter().filter(|target| left[**target as usize]).count();
        let mut n_open: Vec<usize> = out.iter().map(open).collect();
        let mut ready: Vec<usize> = (0..out.len()).filter(|node| left[*node] && n_open[*node] == 0).collect();
        while let Some(node) = ready.pop() {
            left[node] = false;
            for dependent in back[node].iter().map(|dependent| *dependent as usize) {
                n_open[dependent] -= 1;
                if left[dependent] && n_open[dependent] == 0 {
                    ready.push(dependent);
                }
            }
        }
    }
    left
}

fn reverse(edges: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut reversed = vec![Vec::new(); edges.len()];
    for (from, targets) in edges.iter().enumerate() {
        for target in targets {
            reversed[*target as usize].push(u32::try_from(from).expect("nodes are counted in 32 bits"));
        }
    }
    reversed
}

/// Follows references among what is left until a node comes again; returns the loop, its first node at both ends.
fn path_back(start: usize, edges: &[Vec<u32>], left: &[bool]) -> Vec<usize> {
    let mut path = vec![start];
    let mut position_in_path = HashMap::from([(start, 0)]);
    loop {
        let next = edges[path[path.len() - 1]].iter().map(|target| *target as usize).find(|target| left[*target]);
        let next = next.expect("what is left has an edge to what is left");
        path.push(next);
        if let Some(first) = position_in_path.insert(next, path.len() - 1) {
            return path.split_off(first);
        }
    }
}

fn forget_connected(start: usize, edges: &[Vec<u32>], reversed: &[Vec<u32>], left: &mut [bool]) {
    let mut waiting = vec![start];
    while let Some(node) = waiting.pop() {
        if std::mem::take(&mut left[node]) {
            waiting.extend(edges[node].iter().chain(&reversed[node]).map(|next| *next as usize));
        }
    }
}

fn report(nodes: &[Declaration], ring: &[usize], diagnostics: &mut Diagnostics) {
    let ring: Vec<&Declaration> = ring.iter().map(|node| &nodes[*node]).collect();
    let mut text: Vec<&str> = ring.iter().take(MOST_SHOWN).map(|node| node.address.as_str()).collect();
    let left_out = format!("({} more)", ring.len() - text.len());
    if ring.len() > text.len() {
        text.push(&left_out);
    }
    text.push(text[0]);
    let mut diagnostic = Diagnostic::error("cycle", "Reference cycle")
        .detail(format!("Each of these refers to the next: {}.", text.join(" -> ")))
        .help("Take one of the references out, or split one of the declarations.")
        .at(&ring[0].place)
        .about(&ring[0].address);
    for node in ring.iter().take(MOST_SHOWN).skip(1) {
        diagnostic = diagnostic.related(format!("`{}` is declared here", node.address), &node.place);
    }
    diagnostics.push(diagnostic);
}

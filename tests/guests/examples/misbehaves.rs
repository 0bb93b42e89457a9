//! A guest that means no good, in one way at a time: each `behaviour` goes wrong, or to a limit, by `amount`.

#![allow(missing_docs, reason = "a guest of the tests")]

use std::hint::black_box;
use tapwasm_guest::{Inputs, Result, Stack, info, json, program};

program!(build);

/// What to do, and how much of it.
#[derive(Inputs)]
pub struct Misbehaviour {
    /// What to do.
    behaviour: String,
    /// How often, how much or how deep.
    #[input(default = 0)]
    amount: u32,
    /// Another amount, where there are two.
    #[input(default = 0)]
    times: u32,
}

pub fn build(inputs: Misbehaviour) -> Result {
    let (amount, times) = (inputs.amount, inputs.times);
    let stack = Stack::new("app");
    match inputs.behaviour.as_str() {
        "nothing" => {}
        "panic" => panic!("amount {amount} was too much"),
        "error" => Err(format!("the amount {amount} makes no sense; give another one"))?,
        "question-mark" => drop("x".parse::<u32>()?),
        "spin" => spin(amount),
        "recurse" => drop(black_box(recurse(amount))),
        "recurse-with-data" => drop(black_box(recurse_with_data(amount))),
        "allocate" => drop(black_box(vec![1_u8; amount as usize])),
        "declare" => repeat(amount, |n| text(stack, &format!("r{n}"), times)),
        "reserve" => repeat(amount, |n| _ = stack.reserve_resource("terraform_data", format!("r{n}"))),
        "open" => repeat(amount, |n| _ = Stack::new(format!("app{n}"))),
        "log" => repeat(amount, |_| info!("{}", "x".repeat(times as usize))),
        "deep" => deep(stack, amount),
        "asset" => drop(stack.asset("data.bin", vec![0; amount as usize])),
        "assets" => repeat(amount, |n| drop(stack.asset("data.txt", format!("{n}{}", "x".repeat(times as usize))))),
        "drop-builder" => drop(stack.resource("terraform_data", "forgotten").set("input", 1)),
        other => Err(format!("there is no behaviour `{other}`"))?,
    }
    Ok(())
}

/// Goes on for ever where the amount is 0.
fn spin(amount: u32) {
    repeat(amount, |n| _ = black_box(n));
}

/// Does something so many times; for ever where the amount is 0.
fn repeat(amount: u32, mut act: impl FnMut(u32)) {
    let mut n = 0;
    while amount == 0 || n < amount {
        act(n);
        n = n.wrapping_add(1);
    }
}

/// Uses the stack of the engine alone.
fn recurse(depth: u32) -> u32 {
    if depth == 1 { 1 } else { black_box(recurse as fn(u32) -> u32)(black_box(depth.wrapping_sub(1))).wrapping_add(1) }
}

/// Uses the stack that a Rust guest keeps in its own memory, too.
fn recurse_with_data(depth: u32) -> u32 {
    let data = black_box([depth; 256]);
    if depth == 1 { 1 } else { recurse_with_data(black_box(depth.wrapping_sub(1))).wrapping_add(data[7]) }
}

fn text(stack: Stack, name: &str, length: u32) {
    stack.resource("terraform_data", name).set("input", "x".repeat(length as usize)).declare();
}

/// Nests lists so that the innermost value stands at this depth; the body is the first level.
fn deep(stack: Stack, depth: u32) {
    let lists = (1..depth).fold(json!(1), |value, _| json!([value]));
    stack.resource("terraform_data", "deep").set("input", lists).declare();
}

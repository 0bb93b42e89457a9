use tapwasm_guest::functions::alltrue;

fn main() {
    alltrue(["true"]);
}

//! Plans and diagnostics as versioned JSON for programs.

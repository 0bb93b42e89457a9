//! Text in the notation of the HashiCorp configuration language (HCL).

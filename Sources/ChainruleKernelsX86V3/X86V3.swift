/// Loops for processors with AVX2 and fused multiply-add: the level that is called x86-64-v3.
///
/// This module imports no other Swift and passes nothing but pointers and numbers: what it contains is compiled for such processors
/// alone, and may be called only where they were found.
public enum X86V3 {}

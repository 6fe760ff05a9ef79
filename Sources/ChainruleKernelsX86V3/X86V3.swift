/// Loops for processors with AVX2 and fused multiply-add: the x86-64-v3 level.
///
/// This module imports no other Swift module, and only passes pointers and numbers: its code is compiled only for such
/// processors, and may be called only on them.
public enum X86V3 {}

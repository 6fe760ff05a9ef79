// Shared by the fuzz tests. Their inputs are the same every time, unless `make fuzz` requests more and different ones.

import ChainruleCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The number of inputs that fuzz tests try, and the seed of their random numbers.
public enum Fuzzing {
  /// The number of inputs, times `CHAINRULE_FUZZ` if that's set.
  public static func count(_ inputs: Int) -> Int { inputs * max(1, variable("CHAINRULE_FUZZ") ?? 1) }

  /// Random numbers from the test's own seed, combined with `CHAINRULE_FUZZ_SEED` if that's set.
  public static func random(_ seed: UInt64) -> RandomSource {
    RandomSource(seed: seed &+ UInt64(max(0, variable("CHAINRULE_FUZZ_SEED") ?? 0)) &* 0x9E37_79B9_7F4A_7C15)
  }

  private static func variable(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }
}

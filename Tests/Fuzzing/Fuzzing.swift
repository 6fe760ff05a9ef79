// What the fuzz tests share. Their inputs are the same every time, unless `make fuzz` asks for more and for others.

import ChainruleCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How many inputs the fuzz tests try, and where their random numbers start.
public enum Fuzzing {
  /// The number of inputs: as many as given here, times `CHAINRULE_FUZZ` if that's set.
  public static func count(_ inputs: Int) -> Int { inputs * max(1, variable("CHAINRULE_FUZZ") ?? 1) }

  /// Random numbers from a seed of the test's own, moved by `CHAINRULE_FUZZ_SEED` if that's set.
  public static func random(_ seed: UInt64) -> RandomSource {
    RandomSource(seed: seed &+ UInt64(max(0, variable("CHAINRULE_FUZZ_SEED") ?? 0)) &* 0x9E37_79B9_7F4A_7C15)
  }

  private static func variable(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }
}

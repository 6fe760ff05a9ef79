import CPUFeatures

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Kernels {
  /// The fastest loops for this processor, on all of its cores.
  ///
  /// They agree with ``portable`` within rounding, and with themselves bit for bit whatever the number of threads. Where
  /// nothing better is known, they are ``portable``. The environment variable `CHAINRULE_KERNELS` asks for others:
  /// `reference`, `portable` or `x86v3`.
  ///
  /// ```swift
  /// var run = try TrainingRun(network: network, data: data, kernels: .native)
  /// ```
  public static let native = native(threads: coreCount)

  /// The fastest loops for this processor, on so many threads.
  public static func native(threads: Int) -> Kernels {
    precondition(threads > 0, "at least one thread has to work")
    let wish = getenv("CHAINRULE_KERNELS").map { String(cString: $0) } ?? ""
    switch wish {
    case "reference": return .reference
    case "portable": return .portable
    default:
      #if arch(x86_64)
        if cpu_has_avx2_and_fma() { return x86V3(threads: threads) }
      #endif
      return .portable
    }
  }

  private static var coreCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}

import CPUFeatures
import ChainruleKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Kernels {
  /// The fastest loops for this processor, on all of its cores.
  ///
  /// They agree with ``portable`` within rounding, and give the same bits for any number of threads. On other
  /// processors than x86-64 with AVX2, they're ``portable``, on all cores. The environment variable `CHAINRULE_KERNELS`
  /// selects others: `reference`, `portable` or `x86v3`.
  ///
  /// ```swift
  /// var run = try TrainingRun(network: network, data: data, kernels: .native)
  /// ```
  public static let native = native(threads: coreCount)

  /// The fastest loops for this processor, on this number of threads.
  ///
  /// - Precondition: `threads` is at least 1.
  public static func native(threads: Int) -> Kernels {
    require(threads > 0, "found \(threads) threads, expected at least 1")
    switch wish {
    case .reference: return .reference
    case .portable: return portable(threads: threads)
    case .x86v3, nil:
      #if arch(x86_64)
        if cpu_has_avx2_and_fma() { return x86V3(threads: threads) }
      #endif
      return portable(threads: threads)
    }
  }

  /// The tables that can be selected by name.
  private enum Name: String, CaseIterable {
    case reference, portable, x86v3
  }

  /// The table that the environment variable selects. An unknown name is ignored, with one warning.
  private static let wish: Name? = {
    guard let word = getenv("CHAINRULE_KERNELS").map({ String(cString: $0) }), !word.isEmpty else { return nil }
    if let name = Name(rawValue: word) { return name }
    let names = Name.allCases.map(\.rawValue).joined(separator: ", ")
    let complaint = "CHAINRULE_KERNELS is \(word), expected one of \(names): it is ignored\n"
    _ = complaint.utf8.withContiguousStorageIfAvailable { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    return nil
  }()

  private static var coreCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}

import Foundation

/// The kinds of numbers that a safetensors file may hold and that become `Float` here.
enum NumberFormat: String, CaseIterable {
  case float32 = "F32"
  case float64 = "F64"
  case float16 = "F16"
  case bfloat16 = "BF16"

  /// Bytes of one number.
  var size: Int {
    switch self {
    case .float64: 8
    case .float32: 4
    case .float16, .bfloat16: 2
    }
  }

  /// The numbers in little-endian `bytes`.
  func decode(_ bytes: Data) -> [Float] {
    bytes.withUnsafeBytes { raw in
      (0..<raw.count / size).map { index in
        switch self {
        case .float32:
          Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)))
        case .float64:
          Float(
            Double(bitPattern: UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))))
        case .float16:
          Self.half(UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self)))
        case .bfloat16:
          Float(
            bitPattern: UInt32(UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self)))
              << 16)
        }
      }
    }
  }

  /// The first finite number in `bytes`, which are in double precision, that no `Float` can hold.
  func firstTooLarge(_ bytes: Data) -> Double? {
    bytes.withUnsafeBytes { raw in
      for index in 0..<raw.count / 8 {
        let value = Double(
          bitPattern: UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)))
        if value.isFinite && !Float(value).isFinite { return value }
      }
      return nil
    }
  }

  /// The half-precision number with these bits: 1 of sign, 5 of exponent, 10 of fraction.
  private static func half(_ bits: UInt16) -> Float {
    let sign: Float = bits & 0x8000 == 0 ? 1 : -1
    let magnitude = UInt32(bits & 0x7fff)
    if magnitude > 0x7c00 { return .nan }
    if magnitude == 0x7c00 { return sign * .infinity }
    // The fields in a Float's places, its exponent's bias being 112 more.
    return sign * Float(bitPattern: magnitude << 13) * 0x1p112
  }
}

import Foundation

extension NumberFormat {
  /// The numbers in little-endian `bytes`. Floating-point numbers are rounded to the nearest `Float`; whole numbers
  /// must be exact.
  func floats(_ bytes: Data) throws(TensorFileError) -> [Float] {
    switch self {
    case .float32: return map(bytes) { Float(bitPattern: $0) }
    case .float16: return map(bytes, Self.half)
    case .bfloat16: return map(bytes) { (bits: UInt16) in Float(bitPattern: UInt32(bits) << 16) }
    case .float64:
      return try convert(bytes) { (bits: UInt64) throws(TensorFileError) in
        let value = Double(bitPattern: bits)
        if value.isFinite && !Float(value).isFinite { throw TensorFileError(.tooLarge(value)) }
        return Float(value)
      }
    case .bool: return map(bytes) { (byte: UInt8) in byte == 0 ? 0 : 1 }
    case .uint8: return map(bytes) { (value: UInt8) in Float(value) }
    case .int8: return map(bytes) { (value: Int8) in Float(value) }
    case .uint16: return map(bytes) { (value: UInt16) in Float(value) }
    case .int16: return map(bytes) { (value: Int16) in Float(value) }
    case .uint32: return try convert(bytes, Self.exact(UInt32.self))
    case .int32: return try convert(bytes, Self.exact(Int32.self))
    case .uint64: return try convert(bytes, Self.exact(UInt64.self))
    case .int64: return try convert(bytes, Self.exact(Int64.self))
    case .float8E4M3:
      return map(bytes) { $0 & 0x7f == 0x7f ? .nan : Self.small($0, fractionBits: 3, bias: 7) }
    case .float8E5M2:
      // The upper byte of half precision.
      return map(bytes) { (byte: UInt8) in Self.half(UInt16(byte) << 8) }
    case .float8E4M3FNUZ: return map(bytes) { $0 == 0x80 ? .nan : Self.small($0, fractionBits: 3, bias: 8) }
    case .float8E5M2FNUZ: return map(bytes) { $0 == 0x80 ? .nan : Self.small($0, fractionBits: 2, bias: 16) }
    case .float8E8M0:
      return map(bytes) { (byte: UInt8) in
        byte == 0xff ? .nan : Float(sign: .plus, exponent: Int(byte) - 127, significand: 1)
      }
    case .float4, .float6E2M3, .float6E3M2, .complex64: throw TensorFileError(.notConvertible(self))
    }
  }

  private func map<Bits: FixedWidthInteger>(_ bytes: Data, _ value: (Bits) -> Float) -> [Float] {
    bytes.withUnsafeBytes { raw in
      (0..<raw.count / MemoryLayout<Bits>.size).map { index in
        let offset = index * MemoryLayout<Bits>.size
        return value(Bits(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: Bits.self)))
      }
    }
  }

  /// The same, for formats of which some numbers can't be converted.
  private func convert<Bits: FixedWidthInteger>(
    _ bytes: Data, _ value: (Bits) throws(TensorFileError) -> Float
  ) throws(TensorFileError) -> [Float] {
    var failure: TensorFileError?
    let values: [Float] = map(bytes) { bits in
      if failure != nil { return 0 }
      do throws(TensorFileError) {
        return try value(bits)
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    return values
  }

  private static func exact<Whole: FixedWidthInteger>(_ type: Whole.Type) -> (Whole) throws(TensorFileError) -> Float {
    { value throws(TensorFileError) in
      guard let float = Float(exactly: value) else { throw TensorFileError(.inexact("\(value)")) }
      return float
    }
  }

  /// The half-precision number with these bits: 1 of sign, 5 of exponent, 10 of fraction.
  private static func half(_ bits: UInt16) -> Float {
    let sign: Float = bits & 0x8000 == 0 ? 1 : -1
    let magnitude = UInt32(bits & 0x7fff)
    if magnitude > 0x7c00 { return .nan }
    if magnitude == 0x7c00 { return sign * .infinity }
    // Moves the fields to a Float's positions. Its exponent's bias is larger by 112.
    return sign * Float(bitPattern: magnitude << 13) * 0x1p112
  }

  /// The number in 8 bits with a sign, an exponent and a fraction, without infinity.
  private static func small(_ byte: UInt8, fractionBits: Int, bias: Int) -> Float {
    let magnitude = Int(byte & 0x7f)
    let exponent = magnitude >> fractionBits
    let fraction = magnitude & ((1 << fractionBits) - 1)
    let significand = exponent == 0 ? fraction : fraction + (1 << fractionBits)
    return Float(
      sign: byte & 0x80 == 0 ? .plus : .minus, exponent: max(exponent, 1) - bias - fractionBits,
      significand: Float(significand))
  }
}

/// How a tensor's numbers are stored: every format of safetensors, with its name in the file as the raw value.
///
/// A file can have any of them. ``Tensor/values`` converts most of them to `Float`.
public enum NumberFormat: String, CaseIterable, Sendable {
  /// Booleans, one byte each.
  case bool = "BOOL"
  /// Floating point of 4 bits, two numbers in a byte.
  case float4 = "F4"
  /// Floating point of 6 bits, 3 of them the fraction.
  case float6E2M3 = "F6_E2M3"
  /// Floating point of 6 bits, 2 of them the fraction.
  case float6E3M2 = "F6_E3M2"
  /// Whole numbers from 0 to 255.
  case uint8 = "U8"
  /// Whole numbers of 8 bits.
  case int8 = "I8"
  /// Floating point of 8 bits, 2 of them the fraction: `torch.float8_e5m2`.
  case float8E5M2 = "F8_E5M2"
  /// Floating point of 8 bits, 3 of them the fraction, without infinity: `torch.float8_e4m3fn`.
  case float8E4M3 = "F8_E4M3"
  /// Powers of two in 8 bits: `torch.float8_e8m0fnu`.
  case float8E8M0 = "F8_E8M0"
  /// As ``float8E4M3``, without a negative zero and with another range: `torch.float8_e4m3fnuz`.
  case float8E4M3FNUZ = "F8_E4M3FNUZ"
  /// As ``float8E5M2``, without infinity or a negative zero: `torch.float8_e5m2fnuz`.
  case float8E5M2FNUZ = "F8_E5M2FNUZ"
  /// Whole numbers of 16 bits.
  case int16 = "I16"
  /// Unsigned whole numbers of 16 bits.
  case uint16 = "U16"
  /// Half precision: `torch.float16`.
  case float16 = "F16"
  /// The upper half of a `Float`: `torch.bfloat16`.
  case bfloat16 = "BF16"
  /// Whole numbers of 32 bits.
  case int32 = "I32"
  /// Unsigned whole numbers of 32 bits.
  case uint32 = "U32"
  /// `Float`: `torch.float32`.
  case float32 = "F32"
  /// Complex numbers, two `Float` each.
  case complex64 = "C64"
  /// `Double`: `torch.float64`.
  case float64 = "F64"
  /// Whole numbers of 64 bits.
  case int64 = "I64"
  /// Unsigned whole numbers of 64 bits.
  case uint64 = "U64"

  /// The number of bits per number.
  public var bits: Int {
    switch self {
    case .float4: 4
    case .float6E2M3, .float6E3M2: 6
    case .bool, .uint8, .int8, .float8E5M2, .float8E4M3, .float8E8M0, .float8E4M3FNUZ, .float8E5M2FNUZ: 8
    case .int16, .uint16, .float16, .bfloat16: 16
    case .int32, .uint32, .float32: 32
    case .complex64, .float64, .int64, .uint64: 64
    }
  }

  /// The number of bytes in a tensor of this shape; `nil` if they aren't whole bytes, or are too many to count.
  func byteCount(of shape: [Int]) -> Int? {
    var product = 1
    for factor in shape + [bits] {
      let (next, overflows) = product.multipliedReportingOverflow(by: factor)
      guard factor >= 0, !overflows else { return nil }
      product = next
    }
    return product % 8 == 0 ? product / 8 : nil
  }
}

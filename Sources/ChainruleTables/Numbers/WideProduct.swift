extension UInt64 {
  /// The 128-bit product with another number, in two halves.
  @inline(__always)
  func wideProduct(_ other: UInt64) -> (high: UInt64, low: UInt64) {
    #if arch(wasm32)
      // There, a 64-bit multiplication with a full result is a library call; four 32-bit ones aren't.
      let (a, b) = (self >> 32, self & 0xffff_ffff)
      let (c, d) = (other >> 32, other & 0xffff_ffff)
      let low = b &* d
      let middle = a &* d &+ (low >> 32)
      let cross = b &* c &+ (middle & 0xffff_ffff)
      return (a &* c &+ (middle >> 32) &+ (cross >> 32), (cross << 32) | (low & 0xffff_ffff))
    #else
      let product = multipliedFullWidth(by: other)
      return (product.high, product.low)
    #endif
  }
}

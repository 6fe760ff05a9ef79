// `append` of the standard library is written out wherever it is called, with all that growing takes. Figures add points
// and numbers in a hundred places: these do it by a call, and the WebAssembly module is smaller for it.

extension Array where Element == Point {
  mutating func append(_ point: Point) { appendByCall(point) }
}

extension Array where Element == Float {
  mutating func append(_ number: Float) { appendByCall(number) }
}

extension Array {
  @inline(never)
  fileprivate mutating func appendByCall(_ element: Element) { append(element) }
}

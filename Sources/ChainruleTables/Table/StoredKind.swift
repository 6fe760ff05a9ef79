/// The kind of a cell that isn't stored.
package enum StoredKind: UInt8, Sendable, BitwiseCopyable {
  case missing
  case number
  case text
}

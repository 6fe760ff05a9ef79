#if !hasFeature(Embedded)
  /// Gets the cells from a value that encodes itself as a keyed container.
  final class RowEncoder: Encoder {
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]
    fileprivate var cells: [(String, Cell)] = []
    fileprivate var fault: String?

    /// The cells of one row.
    static func cells(of row: some Encodable, row index: Int, table: String) throws(TableError) -> [(String, Cell)] {
      let encoder = RowEncoder()
      do {
        try row.encode(to: encoder)
      } catch {
        throw TableError(.notARow("can't encode the row: \(error)"), table: table, row: index)
      }
      if let fault = encoder.fault { throw TableError(.notARow(fault), table: table, row: index) }
      return encoder.cells
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
      KeyedEncodingContainer(Cells<Key>(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
      fault = "a row must encode its cells with names; found a list"
      return Nothing(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
      fault = "a row must encode its cells with names; found a single value"
      return Nothing(encoder: self)
    }
  }

  /// The keyed cells.
  private struct Cells<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: RowEncoder
    let codingPath: [any CodingKey] = []

    private func add(_ cell: Cell, _ key: Key) { encoder.cells.append((key.stringValue, cell)) }

    func encodeNil(forKey key: Key) { add(.missing, key) }
    func encode(_ value: Bool, forKey key: Key) { add(Cell(value), key) }
    func encode(_ value: String, forKey key: Key) { add(.text(value), key) }
    func encode(_ value: Double, forKey key: Key) { add(Cell(value), key) }
    func encode(_ value: Float, forKey key: Key) { add(Cell(Double("\(value)") ?? .nan), key) }

    func encode(_ value: some Encodable, forKey key: Key) throws {
      let single = SingleCell()
      try value.encode(to: single)
      if let cell = single.cell {
        add(cell, key)
      } else {
        encoder.fault = "“\(key.stringValue)” is neither a number, a text, a truth value nor one of these or nothing"
      }
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<
      Nested
    > {
      encoder.fault = "“\(key.stringValue)” holds more than one value"
      return KeyedEncodingContainer(Cells<Nested>(encoder: encoder))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      encoder.fault = "“\(key.stringValue)” holds a list"
      return Nothing(encoder: encoder)
    }

    func superEncoder() -> any Encoder { encoder }
    func superEncoder(forKey key: Key) -> any Encoder { encoder }
  }

  /// A single value without a key: a whole number of any size, or an enumeration with raw values.
  private final class SingleCell: Encoder, SingleValueEncodingContainer {
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]
    var cell: Cell?

    func encodeNil() { cell = .missing }
    func encode(_ value: Bool) { cell = Cell(value) }
    func encode(_ value: String) { cell = .text(value) }
    func encode(_ value: Double) { cell = Cell(value) }
    func encode(_ value: Float) { cell = Cell(Double("\(value)") ?? .nan) }
    func encode(_ value: some BinaryInteger & Encodable) { cell = Cell(Double(value)) }
    func encode(_ value: some Encodable) throws {
      if let whole = value as? any BinaryInteger {
        cell = Cell(Double("\(whole)") ?? .nan)
      } else {
        try value.encode(to: self)
      }
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }
    func unkeyedContainer() -> any UnkeyedEncodingContainer { Nothing(encoder: RowEncoder()) }
    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
      KeyedEncodingContainer(Cells<Key>(encoder: RowEncoder()))
    }
  }

  /// Accepts values that don't fit in a row, and reports an error.
  private struct Nothing: UnkeyedEncodingContainer, SingleValueEncodingContainer {
    let encoder: RowEncoder
    let codingPath: [any CodingKey] = []
    let count = 0

    func encodeNil() {}
    func encode(_ value: some Encodable) {}
    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
      KeyedEncodingContainer(Cells<Nested>(encoder: encoder))
    }
    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self }
    func superEncoder() -> any Encoder { encoder }
  }
#endif

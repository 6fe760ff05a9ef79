#if !hasFeature(Embedded)
  extension Network: Codable {
    private enum Key: String, CodingKey {
      case schema, parameters, statistics, frozen
    }

    /// Writes the network. Numbers are written as their bits, so they don't change.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(schema.text, forKey: .schema)
      try container.encode(parameters.map(\.bitPattern), forKey: .parameters)
      try container.encode(statistics.map(\.bitPattern), forKey: .statistics)
      try container.encode(frozen, forKey: .frozen)
    }

    /// Reads a network.
    ///
    /// - Throws: `DecodingError` if the schema can't be read, or the counts of numbers don't match it.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      let schema: Schema
      do {
        schema = try Schema(parsing: container.decode(String.self, forKey: .schema))
      } catch let error as SchemaError {
        throw DecodingError.dataCorruptedError(forKey: .schema, in: container, debugDescription: error.message)
      }
      self.init(schema, initializer: .zeros)
      parameters = FloatArray(try container.numbers(.parameters, count: parameters.count))
      statistics = try container.numbers(.statistics, count: statistics.count)
      let frozen = try container.decode([Bool].self, forKey: .frozen)
      if frozen.count != schema.layers.count {
        throw DecodingError.dataCorruptedError(
          forKey: .frozen, in: container, debugDescription: "found \(frozen.count), expected one for each layer")
      }
      for (layer, isFrozen) in frozen.enumerated() { setFrozen(isFrozen, layer: layer) }
    }
  }

  extension KeyedDecodingContainer {
    /// Reads floats that were written as their bits.
    fileprivate func numbers(_ key: Key, count: Int) throws -> [Float] {
      let bits = try decode([UInt32].self, forKey: key)
      if bits.count != count {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: self, debugDescription: "found \(bits.count.counted("number")), expected \(count)")
      }
      return bits.map(Float.init(bitPattern:))
    }
  }
#endif

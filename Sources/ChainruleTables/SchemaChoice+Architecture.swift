import ChainruleCore

extension SchemaChoice {
  /// What the options of a training say about the network's shape.
  public init(_ architecture: Architecture) {
    switch architecture {
    case .hidden(let layers): self = .layers(layers)
    case .whole(let schema): self = .full(schema)
    }
  }
}

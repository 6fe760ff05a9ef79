import Chainrule

/// A layer with parameters, and the names of its tensors.
struct TensorPlace {
  /// A tensor of a layer.
  enum Part: String {
    case weight
    case bias
    case runningMean = "running_mean"
    case runningVariance = "running_var"
  }

  /// Its number in the schema, from 0.
  let layer: Int
  let kind: Schema.Layer.Kind
  let inputs: Int
  let outputs: Int

  /// The layers of a schema that have parameters.
  static func all(of schema: Schema) -> [TensorPlace] {
    schema.layers.indices.compactMap { index in
      let layer = schema.layers[index]
      if case .dropout = layer.kind { return nil }
      return TensorPlace(
        layer: index, kind: layer.kind, inputs: index == 0 ? schema.inputs : schema.layers[index - 1].perceptrons,
        outputs: layer.perceptrons)
    }
  }

  /// The layer's name, such as `layers.0`.
  var name: String { "layers.\(layer)" }

  /// The tensors that the layer has.
  var parts: [Part] {
    kind == .batchNormalization ? [.weight, .bias, .runningMean, .runningVariance] : [.weight, .bias]
  }

  func name(of part: Part) -> String { "\(name).\(part.rawValue)" }

  func shape(of part: Part) -> [Int] { kind == .dense && part == .weight ? [outputs, inputs] : [outputs] }

  /// Whether PyTorch has such a layer without this part. Its values are then zeros, or ones for a gain.
  func canLack(_ part: Part, besides found: [Part: Tensor]) -> Bool {
    switch part {
    case .bias: found[.weight] != nil || found[.runningMean] != nil
    case .weight: kind == .batchNormalization && found[.runningMean] != nil && found[.bias] == nil
    case .runningMean, .runningVariance: false
    }
  }
}

/// Why training could not start, or stopped.
public enum TrainingError: Error, Equatable, Sendable {
  /// What stopped being a finite number.
  public enum Quantity: Equatable, Sendable {
    /// The values a layer gave in the forward pass.
    case outputs
    /// The derivatives of a layer's parameters.
    case gradients
    /// The loss itself.
    case loss
  }

  /// A number is not finite any more. The network is as it was before this step.
  ///
  /// - `layer` counts from 0; it is the first layer in which the number appeared, the last one for the loss.
  /// - `step` counts from 1, over the whole run; 0 where steps are not counted.
  case nonFinite(Quantity, layer: Int, step: Int)
  /// A sample of the data holds an infinite value or NaN.
  case nonFiniteSample(index: Int)
  /// The data's samples do not have the network's inputs or outputs.
  case mismatch(schema: Schema, inputCount: Int, targetCount: Int)
  /// The loss can't follow the schema's last layer.
  case lossDoesNotFit(Loss, schema: Schema)
  /// There is nothing to learn from.
  case noSamples
  /// A batch holds at least one sample.
  case emptyBatch
}

#if !hasFeature(Embedded)
  extension TrainingError: CustomStringConvertible {
    /// One line: what was found, what was expected, where, and what to do.
    public var description: String {
      switch self {
      case .nonFinite(let quantity, let layer, let step):
        let place = step > 0 ? "step \(step)" : "this step"
        let what =
          switch quantity {
          case .outputs: "the outputs of layer \(layer + 1)"
          case .gradients: "the gradients of layer \(layer + 1)"
          case .loss: "the loss"
          }
        let cause =
          step == 1
          ? "the inputs or the first weights are too large: scale the inputs or choose another initializer"
          : "the learning rate is too high: lower it, or scale the inputs"
        return "at \(place) \(what) stopped being finite; probably \(cause)"
      case .nonFiniteSample(let index):
        return "sample \(index + 1) holds an infinite value or NaN; remove or replace it"
      case .mismatch(let schema, let inputCount, let targetCount):
        return "the schema \(schema.text) has \(schema.inputs) inputs and \(schema.outputs) outputs, but the data has "
          + "\(inputCount) inputs and \(targetCount) targets a sample"
      case .lossDoesNotFit(let loss, let schema):
        let expected = loss == .crossEntropy ? "softmax" : "sigmoid"
        return "the loss \(loss.name) needs a last layer with \(expected), found \(schema.outputActivation.name); "
          + "change the schema's last layer or the loss"
      case .noSamples: return "there are no samples to learn from"
      case .emptyBatch: return "a batch must hold at least one sample"
      }
    }
  }
#endif

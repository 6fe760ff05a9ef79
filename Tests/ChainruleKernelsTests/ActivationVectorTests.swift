import ChainruleKernels
import Foundation
import Testing

/// Every activation and its derivative against PyTorch's in double precision, from ±0 through denormal and huge numbers
/// to ±∞.
struct ActivationVectorTests {
  private struct Vectors: Decodable {
    struct Entry: Decodable {
      let name: String
      let parameter: Float?
      let value: [Double]
      let gradient: [Double]
    }
    struct Softmax: Decodable {
      let rows: Int
      let columns: Int
      let x: [Double]
      let value: [Double]
      let delta: [Double]
      let gradient: [Double]
    }
    let x: [Double]
    let activations: [Entry]
    let softmax: [Softmax]
  }

  private static func load() throws -> Vectors {
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Vectors/activations.json")
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try decoder.decode(Vectors.self, from: Data(contentsOf: url))
  }

  private static func entries(
    _ name: String, _ kernels: Kernels
  ) -> (value: Kernels.Elementwise, gradient: Kernels.ElementwiseGradient)? {
    switch name {
    case "relu": (kernels.relu, kernels.reluGradient)
    case "leakyrelu": (kernels.leakyReLU, kernels.leakyReLUGradient)
    case "elu": (kernels.elu, kernels.eluGradient)
    case "selu": (kernels.selu, kernels.seluGradient)
    case "gelu": (kernels.gelu, kernels.geluGradient)
    case "gelutanh": (kernels.geluTanh, kernels.geluTanhGradient)
    case "silu": (kernels.silu, kernels.siluGradient)
    case "softplus": (kernels.softplus, kernels.softplusGradient)
    case "softsign": (kernels.softsign, kernels.softsignGradient)
    case "sigmoid": (kernels.sigmoid, kernels.sigmoidGradient)
    case "hardsigmoid": (kernels.hardSigmoid, kernels.hardSigmoidGradient)
    case "tanh": (kernels.tanh, kernels.tanhGradient)
    default: nil
    }
  }

  @Test("values and derivatives", arguments: [Kernels.reference, Kernels.portable])
  func activations(kernels: Kernels) throws {
    let vectors = try Self.load()
    let z = vectors.x.map { Float($0) }
    var seen: Set<String> = []
    for entry in vectors.activations where entry.name != "linear" {
      let (value, gradient) = try #require(Self.entries(entry.name, kernels), "\(entry.name)")
      var outputs = [Float](repeating: 0, count: z.count)
      outputs.withUnsafeMutableBufferPointer { value(z.count, z, $0.baseAddress!, entry.parameter ?? 0) }
      var delta = [Float](repeating: 1, count: z.count)
      delta.withUnsafeMutableBufferPointer { gradient(z.count, z, outputs, $0.baseAddress!, entry.parameter ?? 0) }
      // In its tail, GELU's tanh form is the exponential of a rounded cube, with only five right digits.
      let isTail = entry.name == "gelutanh"
      for i in z.indices {
        let tolerance = isTail && z[i] < -2 ? 2e-5 : 1e-6
        #expect(agrees(outputs[i], entry.value[i], relative: tolerance, absolute: 0), "\(entry.name)(\(z[i]))")
        #expect(agrees(delta[i], entry.gradient[i], relative: tolerance, absolute: 3e-7), "\(entry.name)′(\(z[i]))")
      }
      seen.insert(entry.name)
    }
    #expect(seen.count == 12)
  }

  @Test("softmax and its Jacobian", arguments: [Kernels.reference, Kernels.portable])
  func softmax(kernels: Kernels) throws {
    for entry in try Self.load().softmax {
      let z = entry.x.map { Float($0) }
      var outputs = [Float](repeating: 0, count: z.count)
      outputs.withUnsafeMutableBufferPointer { kernels.softmax(entry.rows, entry.columns, z, $0.baseAddress!) }
      var delta = entry.delta.map { Float($0) }
      delta.withUnsafeMutableBufferPointer {
        kernels.softmaxGradient(entry.rows, entry.columns, outputs, $0.baseAddress!)
      }
      for i in z.indices {
        #expect(agrees(outputs[i], entry.value[i], relative: 1e-6, absolute: 0))
        #expect(agrees(delta[i], entry.gradient[i], relative: 1e-6, absolute: 3e-7))
      }
    }
  }

  /// Whether two values are equal, within a relative error, or both below the normal range of single precision.
  private func agrees(_ found: Float, _ expected: Double, relative: Double, absolute: Double) -> Bool {
    if Double(found) == expected || Float(expected) == found { return true }
    return abs(Double(found) - expected) <= max(relative * abs(expected), absolute, Double(Float.leastNormalMagnitude))
  }
}

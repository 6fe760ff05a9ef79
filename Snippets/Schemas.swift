import Chainrule

let plain: Schema = "4, 8 relu, 3 softmax"
let bracketed: Schema = "[4, [8, \"relu\"], [3, \"softmax\"]]"
let built = try Schema(inputs: 4, layers: [.init(8, .relu), .init(3, .softmax)])
print(plain == bracketed, plain == built)
print(plain.text)

let deep: Schema = "784, 256, batchnorm relu, dropout 0.2, 10 softmax"
print(deep.parameterCount, "parameters")
for layer in deep.layers {
  print(layer.kind, layer.perceptrons, layer.activation.name)
}

do {
  let schema = try Schema(parsing: "4, 8 rellu, 3 softmax")
  print(schema.parameterCount)
} catch {
  print(error)
}

let names = Activation.all.map(\.name)
print(names.count, "activations, among them", names.prefix(3).joined(separator: ", "))

let leaky: Schema = "2, 8 leakyrelu 0.2, 1"
let network = Network(leaky, initializer: .heNormal, seed: 7)
print(network.weights(ofLayer: 0).count, "weights,", network.biases(ofLayer: 0).count, "biases")

import ChainruleFormats
import Foundation

// snippet.hide
let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }
_ = FileManager.default.changeCurrentDirectoryPath(folder.path)

// A file as PyTorch writes it for linear layers and a batch normalization.
func asPyTorchWrites(_ network: Network, _ names: [String]) -> [Tensor] {
  network.tensors.map { tensor in
    let words = tensor.name.split(separator: ".")
    return Tensor(
      name: "\(names[Int(words[1])!]).\(words[2])", shape: tensor.shape, format: tensor.format, bytes: tensor.bytes)
  }
}
let counter = Tensor(name: "1.num_batches_tracked", shape: [], format: .int64, bytes: Data(count: 8))
let model = asPyTorchWrites(Network("4, 8, batchnorm relu, 3 softmax", seed: 1), ["0", "1", "3"]) + [counter]
try SavedFile.write(TensorFile(name: "", tensors: model).encoded(), to: "model.safetensors")
let named = asPyTorchWrites(Network("4, 8 relu, 3 softmax", seed: 1), ["encoder", "head"])
try SavedFile.write(TensorFile(name: "", tensors: named).encoded(), to: "named.safetensors")
// snippet.show
let file = try TensorFile(contentsOf: "model.safetensors")
let network = try Network("4, 8, batchnorm relu, 3 softmax", tensors: file)
print(network.predict([5.1, 3.5, 1.4, 0.2]).count, "probabilities")

for tensor in file.tensors.sorted(by: { $0.name < $1.name }) {
  print(tensor.name, tensor.format.rawValue, tensor.shape)
}

let other = try TensorFile(contentsOf: "named.safetensors")
do {
  _ = try Network("4, 8 relu, 3 softmax", tensors: other)
} catch {
  print(error)
}

let names = ["encoder": "layers.0", "head": "layers.1"]
let renamed = try Network("4, 8 relu, 3 softmax", tensors: other) { name in
  let words = name.split(separator: ".")
  return names[String(words[0])].map { "\($0).\(words[1])" }
}
print(renamed.schema.text)

let encoder = try Network("4, 8 relu", tensors: other) { $0.hasPrefix("head.") ? nil : $0 }
print(encoder.predict([5.1, 3.5, 1.4, 0.2]).count, "values")

let written = TensorFile(
  name: "mine.safetensors", tensors: network.tensors, metadata: ["schema": network.schema.text])
try SavedFile.write(written.encoded(), to: "mine.safetensors")
print(try TensorFile(contentsOf: "mine.safetensors").tensors.map(\.name).joined(separator: " "))

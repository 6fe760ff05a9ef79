// Learns exclusive or without a runtime, and prints its predictions for the four samples.
import ChainruleCore

let data = Dataset(inputs: [0, 0, 0, 1, 1, 0, 1, 1], targets: [0, 1, 1, 0], inputCount: 2, targetCount: 1)
do throws(SchemaError) {
  let schema = try Schema(parsing: "2, 8 tanh, 1 sigmoid")
  do throws(TrainingError) {
    var run = try TrainingRun(
      network: Network(schema, seed: 1), data: data, optimizer: .adam(learningRate: 0.05),
      stopping: .after(epochs: 300),
      seed: 1)
    try run.train()
    for output in run.network.predict(data.inputs) { print(output >= 0.5 ? "1" : "0") }
  } catch {
    print("training failed")
  }
} catch {
  print("the schema can't be read")
}

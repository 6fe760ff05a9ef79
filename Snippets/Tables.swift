import ChainruleFormats

// snippet.hide
let text = """
  length,color,species
  4.9,red,plum
  7.3,yellow,lemon
  5.2,red,plum
  7.9,yellow,lemon
  4.4,,plum
  8.1,yellow,lemon
  5.5,blue,plum
  7.6,green,lemon
  4.7,blue,plum
  8.4,yellow,lemon
  5.0,red,plum
  7.1,,lemon
  """
// snippet.show
let table = try Table(csv: text)
print(table.rowCount, "rows;", try table.column(named: "color").missingCount, "without a color")

let task = try TableTask(table, targets: ["species"], test: 0.25, seed: 1)
var run = try TrainingRun(
  network: Network(task.schema, seed: 1), data: task.training, loss: task.loss, stopping: .after(epochs: 50))
try run.train()

let inputs = try task.encoding.inputs(from: ["length": 4.6, "color": "red"])
let prediction = task.encoding.decode(run.network.predict(inputs))
print(prediction.label ?? "")

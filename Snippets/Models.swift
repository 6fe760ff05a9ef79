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
let table = try Table(csv: text)
// snippet.show
let model = try TabularModel.fit(table, target: "species")
let prediction = try model.predict(["length": 4.6, "color": "red"])
print(prediction.label ?? "")

let task = try TableTask(table, targets: ["species"], test: 0.25, seed: 1)
let judged = try TabularModel.fit(task)
let evaluation = try judged.evaluate(on: table, rows: task.testRows)
if let classes = evaluation.classes { print(classes.correct, "of", evaluation.rows) }

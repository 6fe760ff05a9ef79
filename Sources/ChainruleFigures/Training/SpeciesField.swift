import ChainruleCore

/// The plane, colored by the most probable species: the surer, the stronger. And the lines on which two are equally probable.
struct SpeciesField {
  private static let columns = 49
  private static let rows = 37
  /// Shades that are told apart; few, so that cells beside each other can be drawn as one.
  private static let shades = 6

  private var inputs: [Float] = []
  private var probabilities: [Float] = []
  /// The fingerprint of the network that was asked.
  private var version: UInt64?

  /// Asks the network at every node, all in one call, unless it was asked last.
  mutating func update(_ classifier: SpeciesClassifier, plot: Plot) {
    let version = classifier.network.fingerprint
    if version == self.version { return }
    self.version = version
    if inputs.isEmpty {
      for row in 0..<SpeciesField.rows {
        for column in 0..<SpeciesField.columns {
          let x = plot.x.low + plot.x.length * Float(column) / Float(SpeciesField.columns - 1)
          let y = plot.y.high - plot.y.length * Float(row) / Float(SpeciesField.rows - 1)
          inputs.append(SpeciesClassifier.standardized(length: x))
          inputs.append(SpeciesClassifier.standardized(depth: y))
        }
      }
      probabilities = [Float](repeating: 0, count: inputs.count / 2 * SpeciesClassifier.species)
    }
    classifier.predict(inputs, into: &probabilities)
  }

  /// How much more probable a species is at a node than the best of the others.
  private func lead(of species: Int, at node: Int) -> Float {
    var other: Float = 0
    for i in 0..<SpeciesClassifier.species where i != species { other = max(other, probabilities[3 * node + i]) }
    return probabilities[3 * node + species] - other
  }

  func draw(on canvas: any Canvas, in frame: Rectangle) {
    let (columns, rows) = (SpeciesField.columns, SpeciesField.rows)
    // Edges on whole pixels, so that cells neither overlap nor leave gaps.
    func edge(_ start: Float, _ length: Float, _ index: Int, _ count: Int) -> Float {
      Float(Int(start + length * min(max((Float(index) - 0.5) / Float(count - 1), 0), 1) + 0.5))
    }
    for row in 0..<rows {
      let top = edge(frame.y, frame.height, row, rows)
      let height = edge(frame.y, frame.height, row + 1, rows) - top
      var first = 0
      var shade = -1
      for column in 0...columns {
        let next = column == columns ? -1 : self.shade(at: row * columns + column)
        if next == shade { continue }
        if shade >= 0 {
          let left = edge(frame.x, frame.width, first, columns)
          let opacity = 0.08 + 0.08 * Float(shade % SpeciesField.shades)
          canvas.rectangle(
            Rectangle(left, top, edge(frame.x, frame.width, column, columns) - left, height), cornerRadius: 0,
            fill: Fill(SpeciesField.role(shade / SpeciesField.shades), opacity: opacity), stroke: nil)
        }
        (first, shade) = (column, next)
      }
    }
    for species in 0..<2 {
      var leads: [Float] = []
      for node in 0..<(rows * columns) { leads.append(lead(of: species, at: node)) }
      canvas.segments(
        LevelLine(values: leads, columns: columns, level: 0).segments(in: frame), stroke: Stroke(.ink, width: 1.5))
    }
  }

  /// The color of a species.
  static func role(_ species: Int) -> Role { species == 0 ? .class1 : species == 1 ? .class2 : .class3 }

  /// The most probable species at a node, times the shades, and how sure it is.
  private func shade(at node: Int) -> Int {
    var species = 0
    for i in 1..<SpeciesClassifier.species where probabilities[3 * node + i] > probabilities[3 * node + species] {
      species = i
    }
    // The largest of three probabilities is a third or more.
    let sureness = min(max((probabilities[3 * node + species] - 0.334) * 1.5, 0), 0.999)
    return species * SpeciesField.shades + Int(sureness * Float(SpeciesField.shades))
  }
}

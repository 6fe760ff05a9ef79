import ChainruleCore

/// A training figure in words.
extension TrainingFigure {
  /// The figure's name is not among the words: the page says it.
  func addWords(to bytes: inout [UInt8]) {
    var text = Text()
    if session.failure != nil {
      text.add("Stopped after step ")
      text.add(steps, isGrouped: false)
      text.add(": the numbers grew beyond all bounds, the learning rate is too high. ")
    } else if editor.samples.isEmpty {
      text.add("No points to learn from. ")
    } else {
      text.add(isPlaying ? "Training. " : "Paused. ")
    }
    text.add("Step ")
    text.add(steps, isGrouped: false)
    text.add(". ")
    if !editor.samples.isEmpty {
      addQuality(to: &text)
      text.add(". ")
    }
    text.add(editor.samples.count, isGrouped: false)
    text.add(editor.samples.count == 1 ? " point. " : " points. ")
    if editor.isErasing {
      text.add("Tool: erase.")
    } else {
      text.add("Tool: add")
      if settings.kinds > 1 {
        text.add(" ")
        addName(ofKind: editor.tool, to: &text)
      }
      text.add(".")
    }
    text.add(" Data: ")
    text.add(value(of: Control.data.rawValue), of: settings.sets)
    text.add(".")
    addLatestStep(to: &text)
    if let crosshair = editor.crosshair {
      text.add(" Cross-hair at ")
      text.add(crosshair.x, decimals: 2)
      text.add(", ")
      text.add(crosshair.y, decimals: 2)
      if let index = editor.underCrosshair(in: plot) {
        text.add(editor.isHolding ? ", holding " : ", on ")
        addName(ofKind: editor.samples[index].kind, to: &text)
      }
      text.add(".")
    }
    bytes.append(contentsOf: text.bytes)
  }

  /// Adds what the latest step learned from, and which of its stages is shown.
  private func addLatestStep(to text: inout Text) {
    guard let replay = latestReplay else { return }
    text.add(" The latest step drew ")
    text.add(replay.samples.count, isGrouped: false)
    text.add(" of the points; their loss was ")
    text.add(significant: batchLoss)
    text.add(" before it.")
    if stage == 0 { return }
    text.add(" Stage ")
    text.add(stage)
    text.add(" of 5: ")
    text.add(Float(stage - 1), of: "batch|forward|loss|backward|update")
    text.add(".")
  }
}

// Texts for traps. Embedded Swift has no such texts, and drops the messages of traps.

extension TrainingError {
  /// The description; empty in Embedded Swift.
  var message: String {
    #if hasFeature(Embedded)
      ""
    #else
      description
    #endif
  }
}

extension Schema {
  /// The text; empty in Embedded Swift.
  var message: String {
    #if hasFeature(Embedded)
      ""
    #else
      text
    #endif
  }
}

// What a trap says. Embedded Swift has no texts, and drops what traps say.

extension TrainingError {
  /// The description; nothing in Embedded Swift.
  var message: String {
    #if hasFeature(Embedded)
      ""
    #else
      description
    #endif
  }
}

extension Schema {
  /// The text; nothing in Embedded Swift.
  var message: String {
    #if hasFeature(Embedded)
      ""
    #else
      text
    #endif
  }
}

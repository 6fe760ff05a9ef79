extension BinaryInteger {
  /// The number and its noun, for a message: “1 row”, “2 rows”; empty in Embedded Swift.
  package func counted(_ noun: String, _ plural: String? = nil) -> String {
    #if hasFeature(Embedded)
      ""
    #else
      "\(self) \(self == 1 ? noun : plural ?? noun + "s")"
    #endif
  }
}

/// The words for yes and no.
enum YesNo {
  /// Whether a word means yes or no, ignoring case; `nil` if it means neither.
  static func value(_ text: String) -> Bool? {
    if text.utf8.count > 5 { return nil }
    let word = ByteText.lowercased(text)
    for yes in ["true", "yes", "y", "t"] where word.elementsEqual(yes.utf8) { return true }
    for no in ["false", "no", "n", "f"] where word.elementsEqual(no.utf8) { return false }
    return nil
  }
}

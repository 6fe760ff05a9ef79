extension DateFormat {
  func seconds(of text: String) -> Double { .nan }
}

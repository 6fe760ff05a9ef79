/// How to average a score over the classes.
///
/// ```swift
/// matrix.f1(.macro)
/// ```
///
/// Which one to take depends on what a mistake costs. If a rare class matters as much as a common one, `macro` shows
/// that it was neglected; `weighted` and `micro` follow the common classes, as the accuracy does.
public enum ClassAverage: CaseIterable, Equatable, Sendable {
  /// The plain mean over the classes. Each counts the same, however rare it is.
  case macro
  /// The mean over the classes, weighted by how many samples each has.
  case weighted
  /// Not a mean: the decisions for all classes are pooled and scored once.
  case micro
}

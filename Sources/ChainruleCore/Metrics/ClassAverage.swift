/// How one number is made of a number for each class.
///
/// ```swift
/// matrix.f1(.macro)
/// ```
///
/// Which one to take depends on what a mistake costs. If a rare class matters as much as a common one, `macro` shows
/// that it was neglected; `weighted` and `micro` follow the common classes, as the accuracy does.
public enum ClassAverage: CaseIterable, Equatable, Sendable {
  /// The plain mean over the classes: each counts the same, however rare it is.
  case macro
  /// The mean over the classes, each as heavy as the samples that belong to it.
  case weighted
  /// No mean at all: the decisions on all classes are put into one heap, which is judged once.
  case micro
}

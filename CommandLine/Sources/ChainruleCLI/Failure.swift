import ArgumentParser
import Chainrule
import ChainruleData
import ChainruleFormats
import ChainruleSVG
import ChainruleServer
import ChainruleTables
import Foundation

/// A command's failure: a one-line message for people, and an exit code (from `sysexits.h`) for scripts.
struct Failure: Error {
  enum Code: Int32 {
    case usage = 64
    case data = 65
    case noInput = 66
    case unavailable = 69
    case software = 70
    case cannotCreate = 73
    case inputOutput = 74
  }

  let code: Code
  let message: String

  init(code: Code, message: String) {
    self.code = code
    self.message = message
  }

  /// The failure for an error of the libraries.
  init(_ error: any Error) {
    if let failure = error as? Failure {
      self = failure
    } else {
      self.init(code: Self.code(error), message: "\(error)")
    }
  }

  private static func code(_ error: any Error) -> Code {
    switch error {
    case let error as TableError:
      if case .unreadable(_, let isMissing) = error.problem { isMissing ? .noInput : .inputOutput } else { .data }
    case TabularModelError.table(let error): code(error)
    case let error as TensorFileError:
      if case .unreadable(_, let isMissing) = error.problem { isMissing ? .noInput : .inputOutput } else { .data }
    case let error as InputFileError: error.isMissing ? .noInput : .inputOutput
    case let error as SavedFileError: error.isCreation ? .cannotCreate : .inputOutput
    case is TabularModelError, is TrainingError, is SchemaError: .data
    case LabServerError.missingSite: .noInput
    case LabServerError.invalidPort, is FigureRequestError: .usage
    case is LabServerError: .unavailable
    default: .software
    }
  }

  /// Writes the message to standard error, in one line, and ends the process.
  func exit() -> Never {
    StandardError.write("chainrule: \(message)")
    Foundation.exit(code.rawValue)
  }
}

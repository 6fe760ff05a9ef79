#if !hasFeature(Embedded)
  extension TrainingOptions {
    /// The options by name, for reports and files. Those that depend on the number of training rows are filled in.
    ///
    /// ```swift
    /// TrainingOptions().summary(rows: 150)["epochs"]  // "200"
    /// ```
    public func summary(rows: Int) -> [String: String] {
      var summary = [
        "optimizer": optimizer.name,
        "epochs": "\(epochs(rows: rows))",
        "initializer": initializer?.name ?? "by activation",
        "l2": "\(l2(rows: rows))",
        "keeps_best_epoch": "\(keepsBestEpoch)",
      ]
      if !optimizer.isFullBatch {
        summary["learning_rate"] = "\(optimizer.learningRate)"
        if optimizer.biasLearningRate != optimizer.learningRate {
          summary["bias_learning_rate"] = "\(optimizer.biasLearningRate)"
        }
        summary["batch_size"] = "\(batchSize(rows: rows))"
        summary["schedule"] = (ratePlan ?? .cosine).name ?? "custom"
        if !shuffles { summary["shuffles"] = "false" }
      }
      if l1 != 0 { summary["l1"] = "\(l1)" }
      if optimizer.weightDecay != 0 { summary["weight_decay"] = "\(optimizer.weightDecay)" }
      if let maxNorm { summary["max_norm"] = "\(maxNorm)" }
      switch optimizer.clipping {
      case .none: break
      case .value(let limit): summary["clip_value"] = "\(limit)"
      case .norm(let limit): summary["clip_norm"] = "\(limit)"
      }
      if let classWeights {
        summary["class_weights"] = classWeights.map { "\($0)" }.joined(separator: ", ")
      } else if balancesClasses {
        summary["class_weights"] = "balanced"
      }
      if let patience { summary["patience"] = "\(patience)" }
      return summary
    }
  }
#endif

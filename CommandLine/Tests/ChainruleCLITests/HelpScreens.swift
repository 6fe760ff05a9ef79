// The help screens, as a reader sees them. After a change of the command line, compare and replace them.

let helpScreens: [(arguments: [String], text: String)] = [
  (
    [],
    #"""
    OVERVIEW: A multilayer perceptron for tables of numbers, and a lab to see how
    one learns.

    Exit codes: 0 success, 64 a mistake on the command line, 65 bad data, 66 no
    such file, 69 no port to listen on, 73 a file can't be created, 74 reading or
    writing failed, 130 interrupted.

    USAGE: chainrule <subcommand>

    OPTIONS:
      --version               Show the version.
      -h, --help              Show help information.

    SUBCOMMANDS:
      train                   Train a network on a table and save it.
      predict                 Predict the target for each row of a table.
      evaluate                Compare a model's predictions with the target column
                              of a table.
      inspect                 Show what is in a model: schema, layers, columns,
                              scaling, classes, training.
      figure                  Draw a figure of the course as SVG, for slides and
                              print.
      lab                     Serve the lab, live figures of networks that learn,
                              to a browser on this machine.

      See 'chainrule help <subcommand>' for detailed help.
    """#
  ),
  (
    ["train"],
    #"""
    OVERVIEW: Train a network on a table and save it.

    The table is a CSV file with a header. One column is the target; all others are
    inputs and must hold numbers. Text in the target column stands for classes,
    which are numbered in sorted order: end the schema in one softmax output per
    class, or, for two classes, in one sigmoid output. A linear last layer predicts
    a number.

    A part of the rows is held out by the seed, of each class in proportion, and
    numbers are standardised by the mean and standard deviation of the rest; so is
    the target, if it is a number and the last layer linear. Losses and errors are
    reported in the target's own units. Ctrl-C stops after the epoch and saves what
    is there; pressed again, it stops at once.

    Example: chainrule train iris.csv --target species --schema "4, 8 relu, 3
    softmax"

    USAGE: chainrule train [<options>] <file.csv> --target <column> --schema <schema>

    ARGUMENTS:
      <file.csv>              The table: a CSV file with a header.

    OPTIONS:
      --target <column>       The column to predict.
      --schema <schema>       The network: inputs, then each layer's perceptrons
                              and activation, as "4, 8 relu, 3 softmax" or '[4, [8,
                              "relu"], [3, "softmax"]]'. Activations: linear, relu,
                              leakyrelu, elu, selu, gelu, gelutanh, silu, softplus,
                              softsign, sigmoid, hardsigmoid, tanh, softmax.
                              Between layers may stand batchnorm, layernorm and
                              dropout 0.5.
      --output <file>         Where to save the model. (default: the table's name
                              with .safetensors)
      --epochs <count>        Times to go through all rows; 0 saves the initial
                              weights. (default: 200)
      --batch-size <rows>     Rows in one step of training. (default: 16)
      --optimizer <optimizer> How steps are made. (values: sgd, momentum, nesterov,
                              adagrad, adadelta, rmsprop, centered-rmsprop, adam,
                              adamw, adamax, amsgrad, nadam, radam, lion, lbfgs;
                              default: sgd)
      --learning-rate <rate>  How far to go in one step. (default: 0.05 for sgd,
                              else the optimizer's own)
      --bias-learning-rate <rate>
                              The learning rate of biases. (default: that of the
                              weights)
      --l2 <factor>           Adds this times the sum of the squared weights to the
                              loss. (default: 0.0)
      --loss <loss>           What to make small. (default: binary-cross-entropy
                              for sigmoid, cross-entropy for softmax, else
                              mean-squared-error) (values: squared-error,
                              mean-squared-error, mean-absolute-error, huber,
                              quantile, log-cosh, poisson, hinge,
                              binary-cross-entropy, cross-entropy)
      --init <initializer>    How weights start. (default: he-uniform for relu and
                              its kin, lecun-normal for selu, xavier-uniform for
                              the others) (values: uniform, normal,
                              truncated-normal, xavier-uniform, xavier-normal,
                              he-uniform, he-normal, lecun-uniform, lecun-normal,
                              orthogonal, constant, zeros)
      --initial-weights <file.safetensors>
                              Start from these weights: layers.N.weight, (outputs,
                              inputs), and layers.N.bias, N from 0.
      --holdout <fraction>    The part of the rows to hold out, from 0 up to, and
                              without, 1. (default: 0.2)
      --seed <number>         Fixes the weights, the rows held out and the order of
                              training. (default: 0)
      --no-shuffle            Train in the table's order, and hold out its last
                              rows.
      --no-standardize        Train on the numbers as they are.
      --version               Show the version.
      -h, --help              Show help information.
    """#
  ),
  (
    ["predict"],
    #"""
    OVERVIEW: Predict the target for each row of a table.

    Writes CSV to standard output: for classes the most probable one and the
    probability of each, else the number. The model finds its columns by name, in
    any order, and ignores all others.

    USAGE: chainrule predict <model> <file.csv>

    ARGUMENTS:
      <model>                 A model saved by chainrule train.
      <file.csv>              The table: a CSV file with a header.

    OPTIONS:
      --version               Show the version.
      -h, --help              Show help information.
    """#
  ),
  (
    ["evaluate"],
    #"""
    OVERVIEW: Compare a model's predictions with the target column of a table.

    Reports the loss, and the accuracy and confusion matrix or R² and the root mean
    squared error.

    USAGE: chainrule evaluate <model> <file.csv>

    ARGUMENTS:
      <model>                 A model saved by chainrule train.
      <file.csv>              The table: a CSV file with a header and the target
                              column.

    OPTIONS:
      --version               Show the version.
      -h, --help              Show help information.
    """#
  ),
  (
    ["inspect"],
    #"""
    OVERVIEW: Show what is in a model: schema, layers, columns, scaling, classes,
    training.

    USAGE: chainrule inspect <model>

    ARGUMENTS:
      <model>                 A model saved by chainrule train.

    OPTIONS:
      --version               Show the version.
      -h, --help              Show help information.
    """#
  ),
  (
    ["figure"],
    #"""
    OVERVIEW: Draw a figure of the course as SVG, for slides and print.

    The picture is what the page shows: the same program draws both. Settings are
    made in order, then steps are taken.

    Example: chainrule figure classification --set seed=3 --steps 600 -o rings.svg

    USAGE: chainrule figure [<name>] [--set <parameter=value> ...] [--steps <count>] [--width <pixels>] [--theme <theme>] [--output <file>] [--list]

    ARGUMENTS:
      <name>                  The figure's name.

    OPTIONS:
      --set <parameter=value> Set a parameter: a number, or one of its words. An
                              action, such as renew, has no value. May be repeated.
      --steps <count>         Steps to take: the figure's own, or else of 1/60
                              second, playing. (default: 0)
      --width <pixels>        The picture's width in pixels, from 300 to 1440.
                              (default: 820)
      --theme <theme>         The colours; auto is light or dark as the reader's
                              screen. (values: auto, light, dark; default: auto)
      -o, --output <file>     Where to save the picture, - for standard output.
                              (default: the figure's name with .svg)
      --list                  List the figures, or the parameters of the one named.
      --version               Show the version.
      -h, --help              Show help information.
    """#
  ),
  (
    ["lab"],
    #"""
    OVERVIEW: Serve the lab, live figures of networks that learn, to a browser on
    this machine.

    Prints the address to open. Ctrl-C ends it.

    USAGE: chainrule lab [--port <number>] [--site <folder>]

    OPTIONS:
      --port <number>         The port to listen on; if it is busy, the next free
                              one. (default: 8080)
      --site <folder>         The folder of the built site. (default: .build-site,
                              here or in a folder above the program)
      --version               Show the version.
      -h, --help              Show help information.
    """#
  ),
]

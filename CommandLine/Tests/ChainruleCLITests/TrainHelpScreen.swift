// The help screen of `chainrule train`.

let trainHelpScreen: [(arguments: [String], text: String)] = [
  (
    ["train"],
    #"""
    OVERVIEW: Train a network on a table and save it.

    Name the column to predict; the command finds out the rest: how the file is
    written, what each column holds, which columns can't help (identifiers, free
    text, constants), and whether to predict a class or a number. “chainrule
    describe” shows that without training.

    A part of the rows is held out to test the model, and a part of the others
    chooses the best epoch. Missing cells are filled, categories are coded and
    numbers are scaled, based on the training rows alone. Ctrl-C stops training,
    saves the model and prints the report; pressed again, it stops without saving.

    Examples:
      chainrule train iris.csv --target species
      chainrule train houses.csv --target price --ignore id,address --folds 5
      chainrule train visits.csv --target outcome --group patient --balance
      chainrule train more.csv --continue iris.safetensors -o iris2.safetensors

    USAGE: chainrule train <file> --target <column> [<options>]

    ARGUMENTS:
      <file>                  The table, - for standard input; gzip is fine.

    TARGET:
      --target <column>       The column to predict; several columns of numbers
                              with commas between them, or repeated.
      --task <classes|number> Predict classes or a number. (default: as the column
                              looks)

    COLUMNS:
      --ignore <columns>      Leave these columns out, separated by commas. May be
                              repeated.
      --only <columns>        Learn from these columns only, separated by commas.
                              May be repeated.
      --categorical <columns> Take these columns as categories, even if they hold
                              numbers. May be repeated.
      --numeric <columns>     Take these columns as numbers; cells that aren't
                              numbers count as missing. May be repeated.
      --no-standardize        Train on numbers without scaling them.
      --extrapolate           Let predicted numbers leave the range of the training
                              rows' targets.

    NETWORK:
      --schema <schema>       The network: hidden layers, as "64 relu, 64 relu";
                              inputs and the last layer come from the table. Or all
                              of it, as "4, 8 relu, 3 softmax" or '[4, [8, "relu"],
                              [3, "softmax"]]'. Activations: linear, relu,
                              leakyrelu, elu, selu, gelu, gelutanh, silu, softplus,
                              softsign, sigmoid, hardsigmoid, tanh, softmax.
                              Between layers: batchnorm, layernorm, dropout 0.5.
                              (default: 256 relu)
      --continue <model>      Continue training this model. Its columns are found
                              by name; its categories, classes and scaling stay the
                              same.
      --initial-weights <file>
                              Start from the weights in this safetensors file:
                              layers.N.weight, (outputs, inputs), and
                              layers.N.bias, N from 0; or the names that PyTorch
                              gives an nn.Sequential.

    TRAINING:
      --epochs <count>        Passes over the rows; 0 saves the initial weights.
                              (default: 200, fewer for more than 100,000 rows)
      --batch-size <rows>     Rows in one step. (default: 32, up to 256 for more
                              than 32,000 rows)
      --loss <loss>           Loss function: squared-error, mean-squared-error,
                              mean-absolute-error, huber, quantile, log-cosh,
                              poisson, hinge, binary-cross-entropy, cross-entropy.
                              huber takes its threshold after a space, as "huber
                              0.5", quantile its quantile, the cross-entropies a
                              label smoothing. (default: a cross-entropy for
                              classes, mean-squared-error for numbers)
      --balance               Give every class the same weight in the loss, however
                              rare it is.
      --optimizer <optimizer> Optimizer. (values: sgd, momentum, nesterov, adagrad,
                              adadelta, rmsprop, centered-rmsprop, adam, adamw,
                              adamax, amsgrad, nadam, radam, lion, lbfgs; default:
                              adam)
      --learning-rate <rate>  Learning rate. (default: 0.002 for adam, else the
                              optimizer's own)
      --bias-learning-rate <rate>
                              Learning rate of the biases. (default: that of the
                              weights)
      --momentum <factor>     Momentum of momentum and nesterov. (default: 0.9)
      --beta1 <factor>        Decay of the mean gradient, for adam and its variants
                              and lion.
      --beta2 <factor>        Decay of the mean square, for adam and its variants
                              and lion.
      --schedule <schedule>   How the learning rate changes: constant, cosine,
                              linear, one-cycle, plateau. (default: cosine)
      --clip <norm>           Shorten gradients that are longer than this.
      --l2 <factor>           Adds this times the sum of the squared weights to the
                              loss. (default: 1 / rows)
      --l1 <factor>           Adds this times the sum of the weights' magnitudes to
                              the loss. (default: 0)
      --weight-decay <factor> Decoupled weight decay, as in adamw. (default: the
                              optimizer's own)
      --max-norm <norm>       Longest vector of weights into one unit. (default: no
                              limit)
      --init <initializer>    How weights start. (default: he-uniform for ReLU
                              variants, lecun-normal for selu, xavier-uniform for
                              others) (values: uniform, normal, truncated-normal,
                              xavier-uniform, xavier-normal, he-uniform, he-normal,
                              lecun-uniform, lecun-normal, orthogonal, constant,
                              zeros)
      --seed <number>         Random seed: fixes weights, splits, the order of rows
                              and dropout. (default: 0)
      --no-shuffle            Train on the rows in the table's order.

    TESTING:
      --holdout <fraction>    Part of the rows to hold out for the test, from 0 to
                              below 1. (default: 0.2; 0 with --test)
      --test <file>           Test on this table instead of rows that were held out.
      --validation <file>     Choose the best epoch by this table instead of a part
                              of the training rows.
      --validation-fraction <fraction>
                              Part of the training rows that chooses the best
                              epoch. (default: 0.1; 0 for fewer than 50 rows)
      --folds <count>         Also train and test this many models, each on
                              different rows, and report mean and deviation.
      --group <column>        Keep rows with the same value of this column
                              together, such as those of one patient.
      --time <column>         Test on the rows that come last by this column.
      --early-stopping/--no-early-stopping
                              Keep the weights of the best epoch, by its validation
                              loss, and stop once it no longer falls.
      --patience <epochs>     Stop after this many epochs without a better
                              validation loss. (with --early-stopping: 20)

    READING THE TABLE:
      --separator <mark>      Between cells: comma, semicolon, tab, pipe, space, or
                              the character itself.
      --decimal <mark>        Decimal mark: point or comma.
      --thousands <mark>      Between thousands: comma, point, space, apostrophe,
                              or the character itself.
      --encoding <encoding>   Text encoding: utf-8, utf-16, utf-16be or latin-1.
      --header/--no-header    Whether the first row holds the columns' names.
      --comment <mark>        Skip lines that begin with this character.
      --missing <words>       More words for a missing value, separated by commas,
                              besides NA, N/A, NaN, null, ?, - and empty cells.
      --fill-short-rows       Accept rows with too few cells; the other cells count
                              as missing.

    OUTPUT:
      -o, --output <file>     Where to save the model, - for standard output. An
                              older model there is replaced, any other file only
                              with --force. (default: the table's name with
                              .safetensors)
      --force                 Replace an existing output file of any kind.
      --json                  Print the report as JSON, for programs.
      -q, --quiet             Print nothing but errors.

    OPTIONS:
      --version               Show the version.
      -h, --help              Show help information.
    """#
  )
]

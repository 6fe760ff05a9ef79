// The help screens. After a change of the command line, compare and replace them.

let helpScreens: [(arguments: [String], text: String)] = [
  (
    [],
    #"""
    OVERVIEW: Train neural networks on tables, use them, and see how one learns.

    To begin: chainrule describe FILE shows what a table holds, chainrule train
    FILE --target COLUMN trains a model, and chainrule predict MODEL FILE uses it.

    Exit codes: 0 success, 64 a mistake on the command line, 65 bad data, 66 no
    such file, 69 no port to listen on, 73 a file can't be created, 74 reading or
    writing failed, 129, 130 or 143 stopped by a signal.

    USAGE: chainrule <subcommand>

    OPTIONS:
      --version               Show the version.
      -h, --help              Show help information.

    SUBCOMMANDS:
      describe                Show what a table holds and how it would be used,
                              without training.
      train                   Train a network on a table and save it.
      predict                 Predict the target for each row of a table.
      evaluate                Compare a model's predictions with the target column
                              of a table.
      inspect                 Show what is in a model: layers, columns and their
                              coding, target, training, scores.
      figure                  Draw a figure of the course as SVG, for slides and
                              print.
      lab                     Serve the lab, live figures of networks that learn,
                              to a browser on this machine.

      See 'chainrule help <subcommand>' for detailed help.
    """#
  ),
  (
    ["describe"],
    #"""
    OVERVIEW: Show what a table holds and how it would be used, without training.

    Shows how the file is written, what each column holds, its missing cells, range
    or categories, how training would use it, and which columns would be left out.
    If a guess is wrong, the same options correct it here and in “chainrule train”.

    Examples:
      chainrule describe penguins.csv
      chainrule describe penguins.csv --target species --ignore year

    USAGE: chainrule describe [<options>] <file>

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

    OPTIONS:
      --json                  Print it as JSON, for programs.
      -q, --quiet             Print no progress.
      --version               Show the version.
      -h, --help              Show help information.
    """#
  ),
  (
    ["predict"],
    #"""
    OVERVIEW: Predict the target for each row of a table.

    Writes CSV: the most likely class and the probability of each class, or the
    number in the target's own units. The model finds its columns by name, in any
    order, and ignores all others. A cell that can't be read counts as missing, and
    a notice on standard error counts such cells by column.

    Examples:
      chainrule predict iris.safetensors new.csv
      chainrule predict model.safetensors test.csv --keep id --output answers.csv
      zcat big.csv.gz | chainrule predict model.safetensors - | head

    USAGE: chainrule predict [<options>] <model> <file>

    ARGUMENTS:
      <model>                 A model saved by chainrule train.
      <file>                  The table, - for standard input; gzip is fine.

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
      --force                 Replace an existing output file of any kind.

    OPTIONS:
      --keep <columns>        Copy these columns of the table in front of the
                              predictions, separated by commas. May be repeated.
      -o, --output <file>     Where to write the predictions. (default: -, standard
                              output) (default: -)
      -q, --quiet             Print no notices and no progress.
      --version               Show the version.
      -h, --help              Show help information.
    """#
  ),
  (
    ["evaluate"],
    #"""
    OVERVIEW: Compare a model's predictions with the target column of a table.

    Reports the loss and accuracy, precision, recall, F1 and AUC, or R² and errors.
    Rows without a target, or with a class that the model doesn't know, are left
    out and counted. Use rows that the model wasn't trained on.

    Example: chainrule evaluate iris.safetensors more.csv

    USAGE: chainrule evaluate [<options>] <model> <file>

    ARGUMENTS:
      <model>                 A model saved by chainrule train.
      <file>                  The table with the target column, - for standard
                              input.

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
      --json                  Print the report as JSON, for programs.
      -q, --quiet             Print nothing but errors.

    OPTIONS:
      --version               Show the version.
      -h, --help              Show help information.
    """#
  ),
  (
    ["inspect"],
    #"""
    OVERVIEW: Show what is in a model: layers, columns and their coding, target,
    training, scores.

    Also shows the command that trained the model, how the losses went, and how
    good the model was on rows held out.

    Example: chainrule inspect iris.safetensors

    USAGE: chainrule inspect <model> [--json]

    ARGUMENTS:
      <model>                 A model saved by chainrule train.

    OPTIONS:
      --json                  Print it as JSON, for programs.
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

    USAGE: chainrule figure [<name>] [--set <parameter=value> ...] [--steps <count>] [--width <pixels>] [--theme <theme>] [--output <file>] [--force] [--list]

    ARGUMENTS:
      <name>                  The figure's name.

    OPTIONS:
      --set <parameter=value> Set a parameter: a number, or one of its words. An
                              action, such as renew, has no value. May be repeated.
      --steps <count>         Steps to take: the figure's own steps, or 1/60 second
                              of play each if it has none. (default: 0)
      --width <pixels>        The picture's width in pixels, from 300 to 1440.
                              (default: 820)
      --theme <theme>         The colours; auto is light or dark as the reader's
                              screen. (values: auto, light, dark; default: auto)
      -o, --output <file>     Where to save the picture, - for standard output.
                              (default: the figure's name with .svg)
      --force                 Replace an existing output file of any kind.
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

// One import is enough for models, tables and training.
@_exported import Chainrule
@_exported import ChainruleData
@_exported import ChainruleTables

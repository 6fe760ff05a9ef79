// One import gives a program models, tables and training.
@_exported import Chainrule
@_exported import ChainruleData
@_exported import ChainruleTables

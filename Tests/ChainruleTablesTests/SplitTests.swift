import ChainruleTables
import Testing

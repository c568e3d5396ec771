package compile

// This file defines the one table of instructions.

// Opcode is the operation of an instruction.
type Opcode uint16

// Operand says what a field of an instruction is.
type Operand uint8

// The operand kinds.
const (
	None  Operand = iota
	Reg           // a register: read, written or the base of a window
	Imm           // a signed 16-bit integer
	Count         // an unsigned 16-bit number
	Const         // an index into Consts
	Cache         // an index into Names and the inline caches
	Jump          // a signed 16-bit distance, in instructions, from the next instruction
	Free          // an index into FreeVars
)

// OpInfo is a row of the table. An opcode with Internal is never emitted by the compiler: interp makes
// it when it links or quickens.
type OpInfo struct {
	Name     string
	A, B, C  Operand
	Internal bool
	Doc      string
}

// The opcodes; Ops says what each does.
const (
	OpNop Opcode = iota
	OpMove
	OpLoadK
	OpLoadInt
	OpCheckLocal
	OpUnbind
	OpLoadGlobal
	OpStoreGlobal
	OpDelGlobal
	OpLoadName
	OpStoreName
	OpDelName
	OpLoadClassDeref
	OpMakeCell
	OpLoadCell
	OpStoreCell
	OpDelCell
	OpLoadFree
	OpStoreFree
	OpDelFree
	OpLoadFreeCell

	OpAdd
	OpSub
	OpMul
	OpMatMul
	OpDiv
	OpMod
	OpPow
	OpLShift
	OpRShift
	OpBitOr
	OpBitXor
	OpBitAnd
	OpFloorDiv
	OpIAdd
	OpISub
	OpIMul
	OpIMatMul
	OpIDiv
	OpIMod
	OpIPow
	OpILShift
	OpIRShift
	OpIBitOr
	OpIBitXor
	OpIBitAnd
	OpIFloorDiv
	OpAddI
	OpSubI
	OpMulI
	OpFloorDivI
	OpModI
	OpIAddI
	OpISubI
	OpIMulI
	OpIFloorDivI
	OpIModI
	OpAddK
	OpSubK
	OpMulK
	OpDivK
	OpIAddK
	OpISubK
	OpIMulK
	OpIDivK
	OpNeg
	OpPos
	OpInvert
	OpNot

	OpEq
	OpNe
	OpLt
	OpLe
	OpGt
	OpGe
	OpIs
	OpIsNot
	OpIn
	OpNotIn

	OpJmp
	OpJmpFar
	OpJTrue
	OpJFalse
	OpJNone
	OpJNotNone
	OpJEq
	OpJNe
	OpJLt
	OpJLe
	OpJGt
	OpJGe
	OpJNotEq
	OpJNotNe
	OpJNotLt
	OpJNotLe
	OpJNotGt
	OpJNotGe
	OpJEqI
	OpJNeI
	OpJLtI
	OpJLeI
	OpJGtI
	OpJGeI
	OpJNotEqI
	OpJNotNeI
	OpJNotLtI
	OpJNotLeI
	OpJNotGtI
	OpJNotGeI

	OpGetAttr
	OpSetAttr
	OpDelAttr
	OpGetItem
	OpGetSlice
	OpSetItem
	OpSetSlice
	OpDelItem
	OpGetItemI
	OpLoadMethod
	OpLoadSpecial
	OpCall
	OpCallMethod
	OpCallKw
	OpCallMethodKw
	OpCallEx
	OpCallAwait
	OpCallMethodAwait
	OpEnterAwait
	OpExitAwait
	OpCallKwAwait
	OpCallMethodKwAwait
	OpLoadBuildClass
	OpMakeFunction
	OpRet
	OpRetGen

	OpNewList
	OpNewTuple
	OpNewSet
	OpNewDict
	OpListAppend
	OpListExtend
	OpListToTuple
	OpSetAdd
	OpSetUpdate
	OpDictSet
	OpDictUpdate
	OpDictMerge
	OpNewSlice
	OpFormat
	OpBuildString
	OpUnpack
	OpUnpackEx

	OpGetIter
	OpForIter
	OpCloseIter
	OpGetAIter
	OpAsyncFor
	OpAwait
	OpYield
	OpYieldAsync
	OpYieldFrom

	OpRaise
	OpReraise
	OpExcMatch
	OpExcStarMatch
	OpExcStarRaise
	OpExcInfo
	OpLoadAssertionError

	OpImportName
	OpImportFrom
	OpImportStar

	OpMatchSequence
	OpMatchMapping
	OpMatchKeys
	OpMatchClass
	OpLen
	OpSetupAnnotations
	OpPrintExpr

	// Internal: made by the linker or by quickening.
	OpExit
	OpNative
	OpAddFF
	OpSubFF
	OpMulFF
	OpIAddILoopLt
	OpListAppendCall
	OpLenCall
	OpGetItemDict
	OpLast
)

// What OpLoadSpecial's operand C names; they are looked up on the type, never on the instance.
const (
	SpecialEnter  = iota // __enter__ ("object does not support the context manager protocol")
	SpecialExit          // __exit__ ("... (missed __exit__ method)")
	SpecialAEnter        // __aenter__ ("object does not support the asynchronous context manager protocol")
	SpecialAExit         // __aexit__
)

// The flags of OpMakeFunction; R[A+1].. hold what the set flags name, in this order.
const (
	FuncDefaults    = 1 << iota // a tuple
	FuncKwDefaults              // a dict
	FuncAnnotations             // a dict
	FuncClosure                 // a tuple of cells
)

// The fields of OpFormat's operand C.
const (
	FormatStr     = 1
	FormatRepr    = 2
	FormatAscii   = 3
	FormatConv    = 3 // mask of the three above
	FormatHasSpec = 4 // the spec is in R[B+1]
	FormatJoined  = 8 // BuildString takes the result: a number may stay what it is
)

// Ops is the table, by opcode.
var Ops = [OpLast]OpInfo{
	OpNop:            {"Nop", None, None, None, false, "nothing"},
	OpMove:           {"Move", Reg, Reg, None, false, "R[A] = R[B]"},
	OpLoadK:          {"LoadK", Reg, Const, Count, false, "R[A] = K[B + C<<16]"},
	OpLoadInt:        {"LoadInt", Reg, Imm, None, false, "R[A] = int B"},
	OpCheckLocal:     {"CheckLocal", Reg, None, None, false, "UnboundLocalError naming Locals[A] when R[A] is unbound"},
	OpUnbind:         {"Unbind", Reg, None, None, false, "R[A] = unbound"},
	OpLoadGlobal:     {"LoadGlobal", Reg, None, Cache, false, "R[A] = globals or builtins [name C]; NameError"},
	OpStoreGlobal:    {"StoreGlobal", Reg, None, Cache, false, "globals[name C] = R[A]"},
	OpDelGlobal:      {"DelGlobal", None, None, Cache, false, "del globals[name C]; NameError"},
	OpLoadName:       {"LoadName", Reg, Reg, Cache, false, "R[A] = namespace R[B], globals or builtins [name C]; NameError"},
	OpStoreName:      {"StoreName", Reg, Reg, Cache, false, "namespace R[B] [name C] = R[A]"},
	OpDelName:        {"DelName", None, Reg, Cache, false, "del namespace R[B] [name C]; NameError"},
	OpLoadClassDeref: {"LoadClassDeref", Reg, Reg, Free, false, "R[A] = namespace R[B] [FreeVars[C]], else the closure's cell C"},
	OpMakeCell:       {"MakeCell", Reg, None, None, false, "R[A] = a new cell that holds R[A], which may be unbound"},
	OpLoadCell:       {"LoadCell", Reg, Reg, None, false, "R[A] = content of the cell R[B]; UnboundLocalError naming Locals[B]"},
	OpStoreCell:      {"StoreCell", Reg, Reg, None, false, "content of the cell R[A] = R[B]"},
	OpDelCell:        {"DelCell", Reg, None, None, false, "content of the cell R[A] = unbound; UnboundLocalError when it is already"},
	OpLoadFree:       {"LoadFree", Reg, Free, None, false, "R[A] = content of the closure's cell B; NameError"},
	OpStoreFree:      {"StoreFree", Reg, Free, None, false, "content of the closure's cell B = R[A]"},
	OpDelFree:        {"DelFree", None, Free, None, false, "content of the closure's cell B = unbound; NameError"},
	OpLoadFreeCell:   {"LoadFreeCell", Reg, Free, None, false, "R[A] = the closure's cell B itself"},

	OpAdd:        {"Add", Reg, Reg, Reg, false, "R[A] = R[B] + R[C]"},
	OpSub:        {"Sub", Reg, Reg, Reg, false, "R[A] = R[B] - R[C]"},
	OpMul:        {"Mul", Reg, Reg, Reg, false, "R[A] = R[B] * R[C]"},
	OpMatMul:     {"MatMul", Reg, Reg, Reg, false, "R[A] = R[B] @ R[C]"},
	OpDiv:        {"Div", Reg, Reg, Reg, false, "R[A] = R[B] / R[C]"},
	OpMod:        {"Mod", Reg, Reg, Reg, false, "R[A] = R[B] % R[C]"},
	OpPow:        {"Pow", Reg, Reg, Reg, false, "R[A] = R[B] ** R[C]"},
	OpLShift:     {"LShift", Reg, Reg, Reg, false, "R[A] = R[B] << R[C]"},
	OpRShift:     {"RShift", Reg, Reg, Reg, false, "R[A] = R[B] >> R[C]"},
	OpBitOr:      {"BitOr", Reg, Reg, Reg, false, "R[A] = R[B] | R[C]"},
	OpBitXor:     {"BitXor", Reg, Reg, Reg, false, "R[A] = R[B] ^ R[C]"},
	OpBitAnd:     {"BitAnd", Reg, Reg, Reg, false, "R[A] = R[B] & R[C]"},
	OpFloorDiv:   {"FloorDiv", Reg, Reg, Reg, false, "R[A] = R[B] // R[C]"},
	OpIAdd:       {"IAdd", Reg, Reg, Reg, false, "R[A] = R[B] += R[C]"},
	OpISub:       {"ISub", Reg, Reg, Reg, false, "R[A] = R[B] -= R[C]"},
	OpIMul:       {"IMul", Reg, Reg, Reg, false, "R[A] = R[B] *= R[C]"},
	OpIMatMul:    {"IMatMul", Reg, Reg, Reg, false, "R[A] = R[B] @= R[C]"},
	OpIDiv:       {"IDiv", Reg, Reg, Reg, false, "R[A] = R[B] /= R[C]"},
	OpIMod:       {"IMod", Reg, Reg, Reg, false, "R[A] = R[B] %= R[C]"},
	OpIPow:       {"IPow", Reg, Reg, Reg, false, "R[A] = R[B] **= R[C]"},
	OpILShift:    {"ILShift", Reg, Reg, Reg, false, "R[A] = R[B] <<= R[C]"},
	OpIRShift:    {"IRShift", Reg, Reg, Reg, false, "R[A] = R[B] >>= R[C]"},
	OpIBitOr:     {"IBitOr", Reg, Reg, Reg, false, "R[A] = R[B] |= R[C]"},
	OpIBitXor:    {"IBitXor", Reg, Reg, Reg, false, "R[A] = R[B] ^= R[C]"},
	OpIBitAnd:    {"IBitAnd", Reg, Reg, Reg, false, "R[A] = R[B] &= R[C]"},
	OpIFloorDiv:  {"IFloorDiv", Reg, Reg, Reg, false, "R[A] = R[B] //= R[C]"},
	OpAddI:       {"AddI", Reg, Reg, Imm, false, "R[A] = R[B] + int C"},
	OpSubI:       {"SubI", Reg, Reg, Imm, false, "R[A] = R[B] - int C"},
	OpMulI:       {"MulI", Reg, Reg, Imm, false, "R[A] = R[B] * int C"},
	OpFloorDivI:  {"FloorDivI", Reg, Reg, Imm, false, "R[A] = R[B] // int C"},
	OpModI:       {"ModI", Reg, Reg, Imm, false, "R[A] = R[B] % int C"},
	OpIAddI:      {"IAddI", Reg, Reg, Imm, false, "R[A] = R[B] += int C"},
	OpISubI:      {"ISubI", Reg, Reg, Imm, false, "R[A] = R[B] -= int C"},
	OpIMulI:      {"IMulI", Reg, Reg, Imm, false, "R[A] = R[B] *= int C"},
	OpIFloorDivI: {"IFloorDivI", Reg, Reg, Imm, false, "R[A] = R[B] //= int C"},
	OpIModI:      {"IModI", Reg, Reg, Imm, false, "R[A] = R[B] %= int C"},
	OpAddK:       {"AddK", Reg, Reg, Const, false, "R[A] = R[B] + K[C], a float"},
	OpSubK:       {"SubK", Reg, Reg, Const, false, "R[A] = R[B] - K[C], a float"},
	OpMulK:       {"MulK", Reg, Reg, Const, false, "R[A] = R[B] * K[C], a float"},
	OpDivK:       {"DivK", Reg, Reg, Const, false, "R[A] = R[B] / K[C], a float that is not 0"},
	OpIAddK:      {"IAddK", Reg, Reg, Const, false, "R[A] = R[B] += K[C], a float"},
	OpISubK:      {"ISubK", Reg, Reg, Const, false, "R[A] = R[B] -= K[C], a float"},
	OpIMulK:      {"IMulK", Reg, Reg, Const, false, "R[A] = R[B] *= K[C], a float"},
	OpIDivK:      {"IDivK", Reg, Reg, Const, false, "R[A] = R[B] /= K[C], a float that is not 0"},
	OpNeg:        {"Neg", Reg, Reg, None, false, "R[A] = -R[B]"},
	OpPos:        {"Pos", Reg, Reg, None, false, "R[A] = +R[B]"},
	OpInvert:     {"Invert", Reg, Reg, None, false, "R[A] = ~R[B]"},
	OpNot:        {"Not", Reg, Reg, None, false, "R[A] = not R[B]"},

	OpEq:    {"Eq", Reg, Reg, Reg, false, "R[A] = R[B] == R[C]"},
	OpNe:    {"Ne", Reg, Reg, Reg, false, "R[A] = R[B] != R[C]"},
	OpLt:    {"Lt", Reg, Reg, Reg, false, "R[A] = R[B] < R[C]"},
	OpLe:    {"Le", Reg, Reg, Reg, false, "R[A] = R[B] <= R[C]"},
	OpGt:    {"Gt", Reg, Reg, Reg, false, "R[A] = R[B] > R[C]"},
	OpGe:    {"Ge", Reg, Reg, Reg, false, "R[A] = R[B] >= R[C]"},
	OpIs:    {"Is", Reg, Reg, Reg, false, "R[A] = R[B] is R[C]"},
	OpIsNot: {"IsNot", Reg, Reg, Reg, false, "R[A] = R[B] is not R[C]"},
	OpIn:    {"In", Reg, Reg, Reg, false, "R[A] = R[B] in R[C]"},
	OpNotIn: {"NotIn", Reg, Reg, Reg, false, "R[A] = R[B] not in R[C]"},

	OpJmp:      {"Jmp", None, None, Jump, false, "jump"},
	OpJmpFar:   {"JmpFar", None, Count, Count, false, "jump by the signed 32-bit distance B + C<<16 from the next instruction"},
	OpJTrue:    {"JTrue", Reg, None, Jump, false, "jump if R[A] is true"},
	OpJFalse:   {"JFalse", Reg, None, Jump, false, "jump if R[A] is false"},
	OpJNone:    {"JNone", Reg, None, Jump, false, "jump if R[A] is None"},
	OpJNotNone: {"JNotNone", Reg, None, Jump, false, "jump if R[A] is not None"},
	OpJEq:      {"JEq", Reg, Reg, Jump, false, "jump if R[A] == R[B]"},
	OpJNe:      {"JNe", Reg, Reg, Jump, false, "jump if R[A] != R[B]"},
	OpJLt:      {"JLt", Reg, Reg, Jump, false, "jump if R[A] < R[B]"},
	OpJLe:      {"JLe", Reg, Reg, Jump, false, "jump if R[A] <= R[B]"},
	OpJGt:      {"JGt", Reg, Reg, Jump, false, "jump if R[A] > R[B]"},
	OpJGe:      {"JGe", Reg, Reg, Jump, false, "jump if R[A] >= R[B]"},
	OpJNotEq:   {"JNotEq", Reg, Reg, Jump, false, "jump if not R[A] == R[B]"},
	OpJNotNe:   {"JNotNe", Reg, Reg, Jump, false, "jump if not R[A] != R[B]"},
	OpJNotLt:   {"JNotLt", Reg, Reg, Jump, false, "jump if not R[A] < R[B]"},
	OpJNotLe:   {"JNotLe", Reg, Reg, Jump, false, "jump if not R[A] <= R[B]"},
	OpJNotGt:   {"JNotGt", Reg, Reg, Jump, false, "jump if not R[A] > R[B]"},
	OpJNotGe:   {"JNotGe", Reg, Reg, Jump, false, "jump if not R[A] >= R[B]"},
	OpJEqI:     {"JEqI", Reg, Imm, Jump, false, "jump if R[A] == int B"},
	OpJNeI:     {"JNeI", Reg, Imm, Jump, false, "jump if R[A] != int B"},
	OpJLtI:     {"JLtI", Reg, Imm, Jump, false, "jump if R[A] < int B"},
	OpJLeI:     {"JLeI", Reg, Imm, Jump, false, "jump if R[A] <= int B"},
	OpJGtI:     {"JGtI", Reg, Imm, Jump, false, "jump if R[A] > int B"},
	OpJGeI:     {"JGeI", Reg, Imm, Jump, false, "jump if R[A] >= int B"},
	OpJNotEqI:  {"JNotEqI", Reg, Imm, Jump, false, "jump if not R[A] == int B"},
	OpJNotNeI:  {"JNotNeI", Reg, Imm, Jump, false, "jump if not R[A] != int B"},
	OpJNotLtI:  {"JNotLtI", Reg, Imm, Jump, false, "jump if not R[A] < int B"},
	OpJNotLeI:  {"JNotLeI", Reg, Imm, Jump, false, "jump if not R[A] <= int B"},
	OpJNotGtI:  {"JNotGtI", Reg, Imm, Jump, false, "jump if not R[A] > int B"},
	OpJNotGeI:  {"JNotGeI", Reg, Imm, Jump, false, "jump if not R[A] >= int B"},

	OpGetAttr:           {"GetAttr", Reg, Reg, Cache, false, "R[A] = R[B].name C"},
	OpSetAttr:           {"SetAttr", Reg, Reg, Cache, false, "R[A].name C = R[B]"},
	OpDelAttr:           {"DelAttr", Reg, None, Cache, false, "del R[A].name C"},
	OpGetItem:           {"GetItem", Reg, Reg, Reg, false, "R[A] = R[B][R[C]]"},
	OpGetSlice:          {"GetSlice", Reg, Reg, Reg, false, "R[A] = R[B][R[C]:R[C+1]:R[C+2]]"},
	OpSetSlice:          {"SetSlice", Reg, Reg, Reg, false, "R[A][R[B]:R[B+1]:R[B+2]] = R[C]"},
	OpSetItem:           {"SetItem", Reg, Reg, Reg, false, "R[A][R[B]] = R[C]"},
	OpDelItem:           {"DelItem", Reg, Reg, None, false, "del R[A][R[B]]"},
	OpGetItemI:          {"GetItemI", Reg, Reg, Imm, false, "R[A] = R[B][int C]"},
	OpLoadMethod:        {"LoadMethod", Reg, Reg, Cache, false, "R[A], R[A+1] = function of method C and R[B]; or unbound, attribute C of R[B]. A may be B. Always followed, after its arguments, by CallMethod with the same A"},
	OpLoadSpecial:       {"LoadSpecial", Reg, Reg, Count, false, "R[A], R[A+1] = as LoadMethod, for special method C, looked up on the type"},
	OpCall:              {"Call", Reg, Count, Reg, false, "R[C] = R[A](R[A+1] .. R[A+B]); the window above the last argument is free"},
	OpCallMethod:        {"CallMethod", Reg, Count, Reg, false, "R[C] = what LoadMethod put at R[A], called with R[A+2] .. R[A+1+B]"},
	OpCallKw:            {"CallKw", Reg, Count, Reg, false, "as Call; R[A+1+B] is the tuple of the names of the last arguments"},
	OpCallMethodKw:      {"CallMethodKw", Reg, Count, Reg, false, "as CallMethod; R[A+2+B] is the tuple of the names of the last arguments"},
	OpCallEx:            {"CallEx", Reg, None, Reg, false, "R[C] = R[A](*R[A+1], **R[A+2]); R[A+1] is an iterable (\"f() argument after * must be an iterable, not X\"), R[A+2] a dict or unbound"},
	OpCallAwait:         {"CallAwait", Reg, Count, Reg, false, "R[C] = await R[A](R[A+1] .. R[A+B]); C is not a local that the arguments read later"},
	OpCallMethodAwait:   {"CallMethodAwait", Reg, Count, Reg, false, "R[C] = await CallMethod(A, B)"},
	OpEnterAwait:        {"EnterAwait", Reg, Count, Reg, false, "as CallMethodAwait, for the __aenter__ of async with"},
	OpExitAwait:         {"ExitAwait", Reg, Count, Reg, false, "as CallMethodAwait, for the __aexit__ of async with"},
	OpCallKwAwait:       {"CallKwAwait", Reg, Count, Reg, false, "R[C] = await CallKw(A, B)"},
	OpCallMethodKwAwait: {"CallMethodKwAwait", Reg, Count, Reg, false, "R[C] = await CallMethodKw(A, B)"},
	OpLoadBuildClass:    {"LoadBuildClass", Reg, None, None, false, "R[A] = builtins.__build_class__, to be called with (function, name, *bases, **keywords)"},
	OpMakeFunction:      {"MakeFunction", Reg, Const, Count, false, "R[A] = function of the Code K[B]; flags C, their values from R[A+1] on"},
	OpRet:               {"Ret", Reg, None, None, false, "return R[A] from a Func, ModuleBody or ClassBody"},
	OpRetGen:            {"RetGen", Reg, None, None, false, "return R[A] from a Generator, Coroutine or AsyncGen"},

	OpNewList:     {"NewList", Reg, Reg, Count, false, "R[A] = [R[B] .. R[B+C-1]]"},
	OpNewTuple:    {"NewTuple", Reg, Reg, Count, false, "R[A] = (R[B] .. R[B+C-1])"},
	OpNewSet:      {"NewSet", Reg, Reg, Count, false, "R[A] = {R[B] .. R[B+C-1]}"},
	OpNewDict:     {"NewDict", Reg, Reg, Count, false, "R[A] = {R[B]: R[B+1], ...}, C pairs"},
	OpListAppend:  {"ListAppend", Reg, Reg, None, false, "append R[B] to the list R[A]"},
	OpListExtend:  {"ListExtend", Reg, Reg, None, false, "extend the list R[A] by the iterable R[B] (\"Value after * must be an iterable, not X\")"},
	OpListToTuple: {"ListToTuple", Reg, Reg, None, false, "R[A] = tuple of the list R[B]"},
	OpSetAdd:      {"SetAdd", Reg, Reg, None, false, "add R[B] to the set R[A]"},
	OpSetUpdate:   {"SetUpdate", Reg, Reg, None, false, "add the items of the iterable R[B] to the set R[A]"},
	OpDictSet:     {"DictSet", Reg, Reg, Reg, false, "dict R[A] [R[B]] = R[C]"},
	OpDictUpdate:  {"DictUpdate", Reg, Reg, None, false, "update the dict R[A] by the mapping R[B] (\"'X' object is not a mapping\")"},
	OpDictMerge:   {"DictMerge", Reg, Reg, Reg, false, "as DictUpdate for **R[B] in a call of R[C]; TypeError for a repeated key"},
	OpNewSlice:    {"NewSlice", Reg, Reg, None, false, "R[A] = slice(R[B], R[B+1], R[B+2])"},
	OpFormat:      {"Format", Reg, Reg, Count, false, "R[A] = format(R[B]), conversion and spec as the flags C say"},
	OpBuildString: {"BuildString", Reg, Reg, Count, false, "R[A] = the strings R[B] .. R[B+C-1] joined"},
	OpUnpack:      {"Unpack", Reg, Reg, Count, false, "R[A] .. R[A+C-1] = the C items of R[B]; all or, on an error, none are written"},
	OpUnpackEx:    {"UnpackEx", Reg, Reg, Count, false, "R[A].. = items of R[B]: C&255 before the starred one, the list of the middle, C>>8 behind; all or none are written"},

	OpGetIter:    {"GetIter", Reg, Reg, None, false, "R[A] = iter(R[B])"},
	OpForIter:    {"ForIter", Reg, Reg, Jump, false, "R[B] = next item of the iterator R[A], or jump when it is exhausted"},
	OpCloseIter:  {"CloseIter", Reg, None, None, false, "close the generator R[A], or drop the async generator, when only the loop that is left had it; R[A] = None"},
	OpGetAIter:   {"GetAIter", Reg, Reg, None, false, "R[A] = R[B].__aiter__(), checked"},
	OpAsyncFor:   {"AsyncFor", Reg, Reg, Jump, false, "R[B] = await R[A].__anext__(), or jump on StopAsyncIteration; R[A+1] is scratch. Suspends"},
	OpAwait:      {"Await", Reg, Reg, None, false, "R[A] = await R[B]; R[B] is a temporary that is overwritten. Suspends"},
	OpYield:      {"Yield", Reg, Reg, None, false, "yield R[B] from a Generator; R[A] = what is sent. Suspends"},
	OpYieldAsync: {"YieldAsync", Reg, Reg, None, false, "yield R[B] from an AsyncGen; R[A] = what is sent. Suspends"},
	OpYieldFrom:  {"YieldFrom", Reg, Reg, None, false, "R[A] = yield from R[B]; R[B] is a temporary that is overwritten. Suspends"},

	OpRaise:              {"Raise", Reg, Reg, Count, false, "C = 0: re-raise what is being handled; 1: raise R[A]; 2: raise R[A] from R[B]"},
	OpReraise:            {"Reraise", Reg, None, None, false, "raise the exception R[A] again, its traceback unchanged"},
	OpExcMatch:           {"ExcMatch", Reg, Reg, Jump, false, "jump unless the exception R[A] matches the class or tuple R[B]"},
	OpExcStarMatch:       {"ExcStarMatch", Reg, None, None, false, "split the exception R[A], or None, by the class or tuple R[A+1]: R[A] = the rest or None, R[A+1] = the matching group or None (a naked exception that matches is wrapped in a group)"},
	OpExcStarRaise:       {"ExcStarRaise", Reg, Reg, Reg, false, "R[A] = what a try with except* raises at its end, or None: R[B] the original exception, R[C] the list of exceptions raised or left unhandled; A may be C"},
	OpExcInfo:            {"ExcInfo", Reg, Reg, None, false, "R[A], R[A+1], R[A+2] = type, value, traceback of the exception R[B]"},
	OpLoadAssertionError: {"LoadAssertionError", Reg, None, None, false, "R[A] = AssertionError"},

	OpImportName: {"ImportName", Reg, Reg, Cache, false, "R[A] = __import__(name C, level R[B], fromlist R[B+1])"},
	OpImportFrom: {"ImportFrom", Reg, Reg, Cache, false, "R[A] = R[B].name C, or the submodule; ImportError"},
	OpImportStar: {"ImportStar", Reg, Reg, None, false, "copy the public names of the module R[A] into globals, or into the namespace R[B] when B is not NoReg"},

	OpMatchSequence:    {"MatchSequence", Reg, Reg, None, false, "R[A] = whether R[B] is a sequence for a pattern"},
	OpMatchMapping:     {"MatchMapping", Reg, Reg, None, false, "R[A] = whether R[B] is a mapping for a pattern"},
	OpMatchKeys:        {"MatchKeys", Reg, Reg, Reg, false, "R[A] = tuple of the values of R[B] at the keys of the tuple R[C], or None when one is missing"},
	OpMatchClass:       {"MatchClass", Reg, Reg, Reg, false, "R[A] = tuple of attributes for the class pattern, or None: subject R[B], class R[C], number of positional patterns R[C+1], tuple of keyword names R[C+2]"},
	OpLen:              {"Len", Reg, Reg, None, false, "R[A] = len(R[B])"},
	OpSetupAnnotations: {"SetupAnnotations", Reg, None, None, false, "make __annotations__ in globals (A is NoReg) or the namespace R[A] when it is missing"},
	OpPrintExpr:        {"PrintExpr", Reg, None, None, false, "give R[A] to the display hook"},

	OpExit:           {"Exit", Reg, None, None, true, "leave the VM loop with R[0]"},
	OpNative:         {"Native", None, None, None, true, "run one step of a native coroutine"},
	OpAddFF:          {"AddFF", Reg, Reg, Reg, true, "Add, floats seen last"},
	OpSubFF:          {"SubFF", Reg, Reg, Reg, true, "Sub, floats seen last"},
	OpMulFF:          {"MulFF", Reg, Reg, Reg, true, "Mul, floats seen last"},
	OpIAddILoopLt:    {"IAddILoopLt", Reg, Reg, Imm, true, "IAddI and the JLt behind it"},
	OpListAppendCall: {"ListAppendCall", Reg, Count, Reg, true, "CallMethod of list.append seen last"},
	OpLenCall:        {"LenCall", Reg, Count, Reg, true, "Call of len seen last"},
	OpGetItemDict:    {"GetItemDict", Reg, Reg, Reg, true, "GetItem of a dict seen last"},
}

// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.Locale;

/** What an instruction does. Unless noted, arguments and result are tagged OCaml values. */
public enum Op {
  // Constants.
  /** An OCaml integer; imm: Integer, untagged. */
  INT(Effect.PURE),
  /** A structured constant in static data; imm: {@link Static}. */
  STATIC(Effect.PURE),
  /** The block of size zero with a tag; imm: Integer. */
  ATOM(Effect.PURE),

  // Closures.
  /** A set of mutually recursive closures; imm: {@link ClosureSet}; args: captured variables. */
  CLOSURES(Effect.ALLOC),
  /** A closure that captures nothing, in static data; imm: {@link Member}. */
  CLOSED(Effect.PURE),
  /** Another closure of the same set; imm: {@link Sibling}; arg: a closure of the set. */
  SIBLING(Effect.PURE),
  /** A captured variable; imm: {@link Captured}; arg: a closure of the set. */
  CAPTURED(Effect.PURE),

  // Globals: the toplevel modules.
  /** imm: Integer, index of the global. */
  GLOBAL(Effect.READ),
  /** imm: Integer; arg: the value. */
  SET_GLOBAL(Effect.WRITE),

  // Blocks.
  /** A new block; imm: Integer, tag; args: fields. */
  BLOCK(Effect.ALLOC),
  /** A new float array; args: boxed floats. */
  FLOAT_BLOCK(Effect.ALLOC),
  /** imm: Integer, index; arg: block. */
  FIELD(Effect.READ),
  /** imm: Integer; args: block, value. */
  SET_FIELD(Effect.WRITE),
  /** imm: Integer; arg: float block; result: boxed float. */
  FLOAT_FIELD(Effect.READ),
  /** imm: Integer; args: float block, boxed float. */
  SET_FLOAT_FIELD(Effect.WRITE),
  /** Number of elements of an array, float array or not. */
  LENGTH(Effect.PURE),
  /** args: block, index. */
  ITEM(Effect.READ),
  /** args: block, index, value. */
  SET_ITEM(Effect.WRITE),
  /** args: string or bytes, index. */
  BYTE(Effect.READ),
  /** args: bytes, index, value. */
  SET_BYTE(Effect.WRITE),
  /** Adds to the integer in field 0; imm: Integer; arg: block. */
  OFFSET_REF(Effect.WRITE),

  // Integers of 31 bits.
  NEG(Effect.PURE),
  ADD(Effect.PURE),
  SUB(Effect.PURE),
  MUL(Effect.PURE),
  /** Raises Division_by_zero. */
  DIV(Effect.CALL),
  /** Raises Division_by_zero. */
  MOD(Effect.CALL),
  AND(Effect.PURE),
  OR(Effect.PURE),
  XOR(Effect.PURE),
  LSL(Effect.PURE),
  LSR(Effect.PURE),
  ASR(Effect.PURE),
  EQ(Effect.PURE),
  NE(Effect.PURE),
  LT(Effect.PURE),
  LE(Effect.PURE),
  GT(Effect.PURE),
  GE(Effect.PURE),
  /** Unsigned. */
  ULT(Effect.PURE),
  /** Unsigned. */
  UGE(Effect.PURE),
  NOT(Effect.PURE),
  IS_INT(Effect.PURE),

  // Calls.
  /** A C primitive; imm: String, its name. */
  C_CALL(Effect.CALL),
  /** args: closure, then arguments; may be under- or over-applied. */
  APPLY(Effect.CALL),
  /** imm: {@link Function} of exactly that arity; args: arguments, then the closure if it needs one. */
  CALL(Effect.CALL),
  /** args: object, label. */
  METHOD(Effect.READ),
  /** args: object, public method's tag. */
  PUBLIC_METHOD(Effect.READ),

  // Words: what the machine does. Arguments and results are 32-bit words; the type of the result
  // tells
  // whether it is an OCaml value.
  /** imm: Integer. */
  W_CONST(Effect.PURE),
  /** An address; imm: {@link Symbol}. */
  W_SYMBOL(Effect.PURE),
  W_ADD(Effect.PURE),
  /** imm: Integer. */
  W_ADDI(Effect.PURE),
  /** Twice the first, plus the second. */
  W_ADDX2(Effect.PURE),
  /** Four times the first, plus the second. */
  W_ADDX4(Effect.PURE),
  W_SUB(Effect.PURE),
  W_AND(Effect.PURE),
  W_OR(Effect.PURE),
  W_XOR(Effect.PURE),
  /** imm: Integer, 1 to 31. */
  W_SHLI(Effect.PURE),
  /** imm: Integer, 1 to 31. */
  W_SHRI(Effect.PURE),
  /** imm: Integer, 1 to 31. */
  W_SARI(Effect.PURE),
  /** args: value, shift of 0 to 31. */
  W_SHL(Effect.PURE),
  /** args: value, shift of 0 to 31. */
  W_SHR(Effect.PURE),
  /** args: value, shift of 0 to 31. */
  W_SAR(Effect.PURE),
  /** A bit field; imm: {@link Bits}. */
  W_EXTUI(Effect.PURE),
  /** A word of two, the high one first, moved right by imm: Integer, 1 to 31. */
  W_FUNNEL(Effect.PURE),
  W_MUL(Effect.PURE),
  /** The divisor is not zero. */
  W_QUOS(Effect.PURE),
  /** The divisor is not zero. */
  W_REMS(Effect.PURE),
  /** An OCaml boolean; imm: {@link Condition}; args: as the condition says. */
  W_TEST(Effect.PURE),
  /** The first if the third is zero, else the second. */
  W_IF_ZERO(Effect.PURE),
  /** imm: Integer, offset in bytes; arg: base. */
  W_LOAD(Effect.READ),
  /** imm: Integer, offset; arg: base; unsigned. */
  W_LOAD8(Effect.READ),
  /** imm: Integer, offset; args: base, value. */
  W_STORE(Effect.WRITE),
  /** imm: Integer, offset; args: base, value. */
  W_STORE8(Effect.WRITE),
  /** A store into a block that may be old; imm: Integer, offset; args: base, value. */
  W_MODIFY(Effect.WRITE),
  /** The same for a value that is an immediate. */
  W_MODIFY_INT(Effect.WRITE),
  /** A new block with its header; imm: Integer, the header. */
  W_ALLOC(Effect.ALLOC),
  /** Raises Division_by_zero if the argument is zero. */
  W_CHECK_DIVISOR(Effect.CALL),
  /** Raises Invalid_argument unless the first is less than the second, unsigned. */
  W_CHECK_BOUND(Effect.CALL),
  /** A call with OCaml's convention; imm: {@link Symbol}; args: in registers. */
  W_CALL(Effect.CALL),
  /** The same through a code pointer, the first argument. */
  W_CALL_REGISTER(Effect.CALL),
  /** A C function; imm: {@link CCall}. */
  W_C_CALL(Effect.CALL),
  /** From register allocation: imm: Integer, frame slot. */
  W_RELOAD(Effect.READ),
  /** From register allocation: imm: Integer, frame slot; arg: value. */
  W_SPILL(Effect.WRITE),

  /** The second word of the result of the call in front of it; arg: the first. */
  W_HIGH(Effect.PURE),
  /** High word of the product of unsigned words. */
  W_MULUH(Effect.PURE),
  /** 0 or 1; imm: {@link Condition}; args: as the condition says. */
  W_FLAG(Effect.PURE),
  /** The bytes in reverse order. */
  W_SWAP(Effect.PURE),
  /** A constant that is kept in a register; imm: Integer or {@link Symbol}. */
  W_KEEP(Effect.PURE),
  /** A block's header; its color is not to be looked at. imm: not null if the argument may be an immediate. */
  W_HEADER(Effect.PURE),
  /** Number of bytes of a string; imm: not null if the argument may be an immediate. */
  W_BYTES(Effect.PURE),
  /** Two bytes at any address, low first; imm: Integer, offset. */
  W_LOAD16(Effect.READ),
  /** Four bytes at any address; imm: Integer, offset. */
  W_LOAD32(Effect.READ),
  /** Two bytes at any address; imm: Integer, offset; args: base, value. */
  W_STORE16(Effect.WRITE),
  /** Four bytes at any address; imm: Integer, offset; args: base, value. */
  W_STORE32(Effect.WRITE),

  // Boxed numbers.
  /** A new boxed number; imm: {@link Boxed}; args: its words. */
  BOX(Effect.ALLOC),
  /** A word of a boxed number; imm: {@link Boxed.Part}. */
  UNBOX(Effect.PURE),
  /** The same; any word if the argument is an immediate. */
  UNBOX_ANY(Effect.PURE),

  // Variables that are assigned under a trap live in the frame.
  /** imm: Integer, slot. */
  SLOT(Effect.READ),
  /** imm: Integer, slot; arg: value. */
  SET_SLOT(Effect.WRITE),
  POP_TRAP(Effect.WRITE);

  /** What an instruction does besides defining its result. */
  public enum Effect {
    /** Nothing, and the result depends on the arguments alone. */
    PURE,
    /** Nothing, but the result depends on memory. */
    READ,
    /** A new block: may collect garbage, never fails but for memory. */
    ALLOC,
    /** Changes memory. */
    WRITE,
    /** Anything: may raise, collect, run other code. */
    CALL
  }

  private final Effect effect;

  Op(Effect effect) {
    this.effect = effect;
  }

  public Effect effect() {
    return effect;
  }

  /** Whether the instruction may be dropped when its result is not used. */
  public boolean removable() {
    return effect == Effect.PURE || effect == Effect.READ || effect == Effect.ALLOC;
  }

  String mnemonic() {
    return name().toLowerCase(Locale.ROOT);
  }
}

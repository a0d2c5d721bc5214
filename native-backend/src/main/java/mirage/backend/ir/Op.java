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
  /** imm: Integer; args: block, value; the value is an immediate, so no barrier is needed. */
  SET_FIELD_INT(Effect.WRITE),
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

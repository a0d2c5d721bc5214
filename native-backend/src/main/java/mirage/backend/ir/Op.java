// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What an instruction does: its effect, for operations on words the most machine instructions it becomes, its {@link
 * Signature}, and traits.
 */
public enum Op {
  // Constants.
  /** An OCaml integer; the number without its tag. */
  INT(Effect.PURE, "[number] -> v", Trait.INTEGER),
  /** A structured constant in static data. */
  STATIC(Effect.PURE, "[static] -> v"),
  /** The block of size zero with a tag. */
  ATOM(Effect.PURE, "[number] -> v"),

  // Closures.
  /** A set of mutually recursive closures; args: captured variables. */
  CLOSURES(Effect.ALLOC, "v* [closure-set] -> v"),
  /** A block of a tag in static data, which nobody changes; args: constants of the same function, the fields. */
  STATIC_BLOCK(Effect.PURE, "v* [number] -> v"),
  /** A closure that captures nothing, in static data. */
  CLOSED(Effect.PURE, "[member] -> v"),
  /** Another closure of the same set; arg: a closure of the set. */
  SIBLING(Effect.PURE, "v [sibling] -> v"),
  /** A captured variable; arg: a closure of the set. */
  CAPTURED(Effect.PURE, "v [captured] -> v"),

  // Globals: the toplevel modules.
  /** Index of the global. */
  GLOBAL(Effect.READ, "[number] -> v"),
  /** Index of the global; arg: the value. */
  SET_GLOBAL(Effect.WRITE, "v [number] ->"),

  // Blocks.
  /** A new block of a tag; args: fields. */
  BLOCK(Effect.ALLOC, "v* [number] -> v"),
  /** A new float array; args: boxed floats. */
  FLOAT_BLOCK(Effect.ALLOC, "v* -> v"),
  /** Index of the field; arg: block. */
  FIELD(Effect.READ, "v [number] -> v"),
  /** Index; args: block, value. */
  SET_FIELD(Effect.WRITE, "v v [number] ->"),
  /** Index; arg: float block; result: boxed float. */
  FLOAT_FIELD(Effect.READ, "v [number] -> v"),
  /** Index; args: float block, boxed float. */
  SET_FLOAT_FIELD(Effect.WRITE, "v v [number] ->"),
  /** Number of elements of an array, float array or not. */
  LENGTH(Effect.PURE, "v -> v", Trait.INTEGER),
  /** args: block, index. */
  ITEM(Effect.READ, "v v -> v"),
  /** args: block, index, value. */
  SET_ITEM(Effect.WRITE, "v v v ->"),
  /** args: string or bytes, index. */
  BYTE(Effect.READ, "v v -> v", Trait.INTEGER),
  /** args: bytes, index, value. */
  SET_BYTE(Effect.WRITE, "v v v ->"),
  /** Adds a number to the integer in field 0; arg: block. */
  OFFSET_REF(Effect.WRITE, "v [number] ->"),

  // Integers of 31 bits.
  NEG(Effect.PURE, "v -> v", Trait.INTEGER),
  ADD(Effect.PURE, "v v -> v", Trait.INTEGER),
  SUB(Effect.PURE, "v v -> v", Trait.INTEGER),
  MUL(Effect.PURE, "v v -> v", Trait.INTEGER),
  /** Raises Division_by_zero. */
  DIV(Effect.CALL, "v v -> v", Trait.INTEGER),
  /** Raises Division_by_zero. */
  MOD(Effect.CALL, "v v -> v", Trait.INTEGER),
  AND(Effect.PURE, "v v -> v", Trait.INTEGER),
  OR(Effect.PURE, "v v -> v", Trait.INTEGER),
  XOR(Effect.PURE, "v v -> v", Trait.INTEGER),
  LSL(Effect.PURE, "v v -> v", Trait.INTEGER),
  LSR(Effect.PURE, "v v -> v", Trait.INTEGER),
  ASR(Effect.PURE, "v v -> v", Trait.INTEGER),
  EQ(Effect.PURE, "v v -> v", Trait.INTEGER),
  NE(Effect.PURE, "v v -> v", Trait.INTEGER),
  LT(Effect.PURE, "v v -> v", Trait.INTEGER),
  LE(Effect.PURE, "v v -> v", Trait.INTEGER),
  GT(Effect.PURE, "v v -> v", Trait.INTEGER),
  GE(Effect.PURE, "v v -> v", Trait.INTEGER),
  /** Unsigned. */
  ULT(Effect.PURE, "v v -> v", Trait.INTEGER),
  /** Unsigned. */
  UGE(Effect.PURE, "v v -> v", Trait.INTEGER),
  NOT(Effect.PURE, "v -> v", Trait.INTEGER),
  IS_INT(Effect.PURE, "v -> v", Trait.INTEGER),

  // Calls.
  /** A C primitive. */
  C_CALL(Effect.CALL, "v* [primitive] -> v"),
  /** args: closure, then arguments; may be under- or over-applied. */
  APPLY(Effect.CALL, "v v* -> v"),
  /** A function of exactly that arity; args: arguments, then the closure if it needs one. */
  CALL(Effect.CALL, "v* [function] -> v"),
  /** args: object, label. */
  METHOD(Effect.READ, "v v -> v"),
  /** args: object, public method's tag. */
  PUBLIC_METHOD(Effect.READ, "v v -> v"),

  // Words: what the machine does. The type of a result tells whether it is an OCaml value.
  W_CONST(Effect.PURE, 1, "[number] -> x", Trait.PINNED),
  /** An address. */
  W_SYMBOL(Effect.PURE, 1, "[symbol] -> x", Trait.PINNED),
  W_ADD(Effect.PURE, 1, "x x -> x"),
  W_ADDI(Effect.PURE, 2, "x [number] -> x"),
  /** Twice the first, plus the second. */
  W_ADDX2(Effect.PURE, 1, "x x -> x", Trait.ADDRESS),
  /** Four times the first, plus the second. */
  W_ADDX4(Effect.PURE, 1, "x x -> x", Trait.ADDRESS),
  W_SUB(Effect.PURE, 1, "x x -> x"),
  W_AND(Effect.PURE, 1, "x x -> x"),
  W_OR(Effect.PURE, 1, "x x -> x"),
  W_XOR(Effect.PURE, 1, "x x -> x"),
  W_SHLI(Effect.PURE, 1, "x [shift] -> x"),
  W_SHRI(Effect.PURE, 1, "x [shift] -> x"),
  W_SARI(Effect.PURE, 1, "x [shift] -> x"),
  /** args: value, shift of 0 to 31. */
  W_SHL(Effect.PURE, 2, "x x -> x", Trait.APART),
  /** args: value, shift of 0 to 31. */
  W_SHR(Effect.PURE, 2, "x x -> x", Trait.APART),
  /** args: value, shift of 0 to 31. */
  W_SAR(Effect.PURE, 2, "x x -> x", Trait.APART),
  /** A bit field. */
  W_EXTUI(Effect.PURE, 1, "x [bits] -> x"),
  /** A word of two, the high one first, moved right. */
  W_FUNNEL(Effect.PURE, 2, "x x [shift] -> x"),
  W_MUL(Effect.PURE, 1, "x x -> x"),
  /** The divisor is not zero. */
  W_QUOS(Effect.PURE, 1, "x x -> x", Trait.FAULTS),
  /** The divisor is not zero. */
  W_REMS(Effect.PURE, 1, "x x -> x", Trait.FAULTS),
  /** An OCaml boolean; args: as the condition says. */
  W_TEST(Effect.PURE, 5, "x* [condition] -> x", Trait.APART, Trait.INTEGER),
  /** The first if the third is zero, else the second. */
  W_IF_ZERO(Effect.PURE, 2, "x x x -> x", Trait.APART, Trait.ADDRESS),
  /** Offset in bytes; arg: base. */
  W_LOAD(Effect.READ, 1, "x [number] -> x"),
  /** Offset; arg: base; unsigned. */
  W_LOAD8(Effect.READ, 1, "x [number] -> w"),
  /** Offset; args: base, value. */
  W_STORE(Effect.WRITE, 1, "x x [number] ->"),
  /** Offset; args: base, value. */
  W_STORE8(Effect.WRITE, 1, "x x [number] ->"),
  /** A store into a block that may be old: offset; args: base, value. */
  W_MODIFY(Effect.WRITE, 10, "x x [number] ->"),
  /** The same for a value that is an immediate. */
  W_MODIFY_INT(Effect.WRITE, 10, "x x [number] ->"),
  /** A new block with that header. */
  W_ALLOC(Effect.ALLOC, "[number] -> v", Trait.COLLECTS, Trait.APART),
  /** Raises Division_by_zero if the argument is zero. */
  W_CHECK_DIVISOR(Effect.CALL, 2, "x ->", Trait.COLLECTS, Trait.RAISES),
  /** Raises Invalid_argument unless the first is less than the second, unsigned. */
  W_CHECK_BOUND(Effect.CALL, 2, "x x ->", Trait.COLLECTS, Trait.RAISES),
  /** A call with OCaml's convention. */
  W_CALL(Effect.CALL, "x* [symbol] -> x?", Trait.CLOBBERS, Trait.COLLECTS),
  /** The same through a code pointer, the first argument. */
  W_CALL_REGISTER(Effect.CALL, "x x -> x?", Trait.CLOBBERS, Trait.COLLECTS),
  /** A C function. */
  W_C_CALL(Effect.CALL, "x* [c-call] -> x?", Trait.CLOBBERS, Trait.COLLECTS),
  /** From register allocation: a word of the frame comes into a register. */
  W_RELOAD(Effect.READ, 4, "x -> x"),
  /** From register allocation: a register's value goes to a word of the frame. */
  W_SPILL(Effect.WRITE, 4, "x -> x"),

  /** The second word of the result of the call in front of it; arg: the first. */
  W_HIGH(Effect.PURE, "x -> w", Trait.PINNED, Trait.APART),
  /** High word of the product of unsigned words. */
  W_MULUH(Effect.PURE, 1, "x x -> w"),
  /** 0 or 1; args: as the condition says. */
  W_FLAG(Effect.PURE, 5, "x* [condition] -> w", Trait.APART),
  /** The bytes in reverse order. */
  W_SWAP(Effect.PURE, "x -> w", Trait.APART),
  /** A constant that is kept in a register. */
  W_KEEP(Effect.PURE, 1, "[constant] -> x", Trait.PINNED),
  /** A block's header; its color is not to be looked at. */
  W_HEADER(Effect.PURE, 5, "x -> w"),
  /** The same; any word if the argument is an immediate. */
  W_HEADER_ANY(Effect.PURE, 5, "x -> w"),
  /** Number of bytes of a string. */
  W_BYTES(Effect.PURE, "x -> w"),
  /** The same; any word if the argument is an immediate. */
  W_BYTES_ANY(Effect.PURE, "x -> w"),
  /** The address of a big array's elements, at this offset: outside of the heap, until the collector frees the array. */
  W_BA_DATA(Effect.READ, 1, "x [number] -> w", Trait.ADDRESS),
  /** Two bytes at any address, low first; offset. */
  W_LOAD16(Effect.READ, "x [number] -> w"),
  /** Four bytes at any address; offset. */
  W_LOAD32(Effect.READ, "x [number] -> w"),
  /** Two bytes at any address; Offset; args: base, value. */
  W_STORE16(Effect.WRITE, "x x [number] ->"),
  /** Four bytes at any address; Offset; args: base, value. */
  W_STORE32(Effect.WRITE, "x x [number] ->"),

  // Boxed numbers.
  /** A new boxed number; args: its words. */
  BOX(Effect.ALLOC, "x* [boxed] -> v"),
  /** A word of a boxed number. */
  UNBOX(Effect.PURE, 1, "x [part] -> w"),
  /** The same; any word if the argument is an immediate. */
  UNBOX_ANY(Effect.PURE, 5, "x [part] -> w", Trait.APART),

  // Variables that are assigned under a trap live in the frame.
  /** Number of the slot. */
  SLOT(Effect.READ, 4, "[number] -> v"),
  /** Number of the slot; arg: value. */
  SET_SLOT(Effect.WRITE, 4, "x [number] ->"),
  POP_TRAP(Effect.WRITE, "->");

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

  /** What else there is to know of an operation. */
  public enum Trait {
    /** No register keeps its value: a call. Arguments go to fixed registers from wherever they are. */
    CLOBBERS,
    /** The collector may run. */
    COLLECTS,
    /** The collector runs for the sake of an exception alone, and else nothing happens. */
    RAISES,
    /** The result must not share a register with an argument. */
    APART,
    /** Stays where it is, though it does nothing: a constant, or the second half of another instruction's result. */
    PINNED,
    /** The processor raises an exception for some arguments, so the program has to come to it. */
    FAULTS,
    /** A result of type word may point into a block of the heap. */
    ADDRESS,
    /** The result is an OCaml integer. */
    INTEGER
  }

  /** More than a loop that counts by itself may have of anything. */
  private static final int MANY = 16;

  private final Effect effect;
  private final int most;
  private final Signature signature;
  private final Set<Trait> traits = EnumSet.noneOf(Trait.class);

  Op(Effect effect, String signature, Trait... traits) {
    this(effect, MANY, signature, traits);
  }

  Op(Effect effect, int most, String signature, Trait... traits) {
    this.effect = effect;
    this.most = most;
    this.signature = Signature.parse(signature);
    this.traits.addAll(List.of(traits));
  }

  public Effect effect() {
    return effect;
  }

  /** Types and number of operands, kind of immediate, type of the result. */
  public Signature signature() {
    return signature;
  }

  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** The most instructions it becomes, if its offset is small. */
  public int most() {
    return most;
  }

  /** Whether the instruction may be dropped when its result is not used. */
  public boolean removable() {
    return effect == Effect.PURE || effect == Effect.READ || effect == Effect.ALLOC;
  }

  /** Its name in dumps. */
  public String mnemonic() {
    return name().toLowerCase(Locale.ROOT);
  }
}

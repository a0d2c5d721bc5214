// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.util.List;

/**
 * The operations of OCaml's abstract machine (runtime/interp.c), of which its opcodes are short forms: an accumulator, a stack, the
 * closure of the function that runs.
 *
 * <p>A row has the number of values that the operation uses (the accumulator, then words it takes off the stack; a count among the
 * operands comes on top), and its operands, of which the last may be repeated.
 */
public enum PlainOp {
  // The stack.
  PUSH(1),
  /** Fetches a word of the stack. */
  ACC(0, Operand.SLOT),
  POP(0, Operand.WORDS),
  /** Replaces a word of the stack. */
  ASSIGN(1, Operand.SLOT),

  // Constants and globals.
  CONST(0, Operand.INTEGER),
  /** The block of size zero. */
  ATOM(0, Operand.TAG),
  GETGLOBAL(0, Operand.GLOBAL),
  SETGLOBAL(1, Operand.GLOBAL),

  // Closures and environments.
  CLOSURE(0, Operand.VARIABLES, Operand.FUNCTION),
  /** Also pushes each closure. */
  CLOSUREREC(0, Operand.FUNCTIONS, Operand.VARIABLES, Operand.FUNCTION),
  ENVACC(0, Operand.VARIABLE),
  OFFSETCLOSURE(0, Operand.CLOSURE),

  // Calls.
  /** Pushes {@link #RETURN_FRAME} words. */
  PUSH_RETADDR(0, Operand.RETURN),
  APPLY(1, Operand.ARGUMENTS),
  /** Takes off what PUSH_RETADDR pushed: of the machine's APPLY the part that a return does. */
  POP_RETADDR(0),
  APPTERM(Flow.LEAVES, 1, Operand.ARGUMENTS, Operand.WORDS),
  RETURN(Flow.LEAVES, 1, Operand.WORDS),
  /** Pushes the arguments of a partial application. */
  RESTART(0),
  GRAB(0, Operand.MORE_ARGUMENTS),
  C_CALL(0, Operand.ARGUMENTS, Operand.PRIMITIVE),
  /** Of the object on top of the stack, which stays; the accumulator has the label. */
  GETMETHOD(1),
  /** Of the object in the accumulator, by the tag of a public method. */
  GETPUBMET(1, Operand.INTEGER, Operand.CACHE),
  /** Of the object on top of the stack, which stays; the accumulator has the tag of a public method. */
  GETDYNMET(1),

  // Blocks.
  MAKEBLOCK(0, Operand.FIELDS, Operand.TAG),
  MAKEFLOATBLOCK(0, Operand.FIELDS),
  GETFIELD(1, Operand.FIELD),
  GETFLOATFIELD(1, Operand.FIELD),
  SETFIELD(2, Operand.FIELD),
  SETFLOATFIELD(2, Operand.FIELD),
  VECTLENGTH(1),
  GETVECTITEM(2),
  SETVECTITEM(3),
  GETBYTESCHAR(2),
  SETBYTESCHAR(3),
  OFFSETREF(1, Operand.INTEGER),

  // Integers.
  NEGINT(1),
  BOOLNOT(1),
  ISINT(1),
  OFFSETINT(1, Operand.INTEGER),
  ADDINT(2),
  SUBINT(2),
  MULINT(2),
  DIVINT(2),
  MODINT(2),
  ANDINT(2),
  ORINT(2),
  XORINT(2),
  LSLINT(2),
  LSRINT(2),
  ASRINT(2),
  EQ(2),
  NEQ(2),
  LTINT(2),
  LEINT(2),
  GTINT(2),
  GEINT(2),
  ULTINT(2),
  UGEINT(2),

  // Jumps. Those that compare have the constant on the left.
  BRANCH(Flow.LEAVES, 0, Operand.TARGET),
  BRANCHIF(1, Operand.TARGET),
  BRANCHIFNOT(1, Operand.TARGET),
  BEQ(1, Operand.INTEGER, Operand.TARGET),
  BNEQ(1, Operand.INTEGER, Operand.TARGET),
  BLTINT(1, Operand.INTEGER, Operand.TARGET),
  BLEINT(1, Operand.INTEGER, Operand.TARGET),
  BGTINT(1, Operand.INTEGER, Operand.TARGET),
  BGEINT(1, Operand.INTEGER, Operand.TARGET),
  BULTINT(1, Operand.INTEGER, Operand.TARGET),
  BUGEINT(1, Operand.INTEGER, Operand.TARGET),
  SWITCH(Flow.LEAVES, 1, Operand.CASES, Operand.TARGET),

  // Exceptions, and the end.
  /** Pushes {@link #TRAP_FRAME} words. */
  PUSHTRAP(0, Operand.HANDLER),
  POPTRAP(0),
  RAISE(Flow.LEAVES, 1),
  RERAISE(Flow.LEAVES, 1),
  RAISE_NOTRACE(Flow.LEAVES, 1),
  STOP(Flow.LEAVES, 1),

  // OCaml's debugger puts these into code while it runs.
  EVENT(0),
  BREAK(0);

  /** Words that the address a call returns to takes on the stack, with what is saved beside it. */
  public static final int RETURN_FRAME = 3;

  /** Words of a trap on the stack. */
  public static final int TRAP_FRAME = 4;

  /** Where control goes when the operation is done. */
  private enum Flow {
    /** To what follows, or to a label. */
    CONTINUES,
    /** To a label, or out of the function. */
    LEAVES
  }

  private final Flow flow;
  private final int values;
  private final List<Operand> operands;

  PlainOp(int values, Operand... operands) {
    this(Flow.CONTINUES, values, operands);
  }

  PlainOp(Flow flow, int values, Operand... operands) {
    this.flow = flow;
    this.values = values;
    this.operands = List.of(operands);
  }

  /** Whether control may come to what follows. */
  public boolean continues() {
    return flow == Flow.CONTINUES;
  }

  /** What its operands are. The last stands for all that follow. */
  public List<Operand> operands() {
    return operands;
  }

  /** How many values the operation uses with these operands: the accumulator, all others off the stack. */
  int values(int[] actual) {
    int count = values;
    for (int i = 0; i < operands.size(); i++) {
      if (operands.get(i).countsValues()) {
        count += actual[i];
      }
    }
    return count;
  }
}

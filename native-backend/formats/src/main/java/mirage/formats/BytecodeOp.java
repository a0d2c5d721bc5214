// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.util.List;

/**
 * The instructions of OCaml 4.13 and 4.14 bytecode; the ordinal is the opcode (runtime/caml/instruct.h).
 * An instruction is a 32-bit word followed by the operands its shape tells.
 */
public enum BytecodeOp {
  ACC0,
  ACC1,
  ACC2,
  ACC3,
  ACC4,
  ACC5,
  ACC6,
  ACC7,
  ACC(Shape.NUMBER),
  PUSH,
  PUSHACC0,
  PUSHACC1,
  PUSHACC2,
  PUSHACC3,
  PUSHACC4,
  PUSHACC5,
  PUSHACC6,
  PUSHACC7,
  PUSHACC(Shape.NUMBER),
  POP(Shape.NUMBER),
  ASSIGN(Shape.NUMBER),
  ENVACC1,
  ENVACC2,
  ENVACC3,
  ENVACC4,
  ENVACC(Shape.NUMBER),
  PUSHENVACC1,
  PUSHENVACC2,
  PUSHENVACC3,
  PUSHENVACC4,
  PUSHENVACC(Shape.NUMBER),
  PUSH_RETADDR(Shape.LABEL),
  APPLY(Shape.NUMBER),
  APPLY1,
  APPLY2,
  APPLY3,
  APPTERM(Shape.NUMBER_NUMBER, Flow.END),
  APPTERM1(Shape.NUMBER, Flow.END),
  APPTERM2(Shape.NUMBER, Flow.END),
  APPTERM3(Shape.NUMBER, Flow.END),
  RETURN(Shape.NUMBER, Flow.END),
  RESTART,
  GRAB(Shape.NUMBER),
  CLOSURE(Shape.NUMBER_LABEL),
  CLOSUREREC(Shape.CLOSUREREC),
  OFFSETCLOSUREM3,
  OFFSETCLOSURE0,
  OFFSETCLOSURE3,
  OFFSETCLOSURE(Shape.NUMBER),
  PUSHOFFSETCLOSUREM3,
  PUSHOFFSETCLOSURE0,
  PUSHOFFSETCLOSURE3,
  PUSHOFFSETCLOSURE(Shape.NUMBER),
  GETGLOBAL(Shape.GLOBAL),
  PUSHGETGLOBAL(Shape.GLOBAL),
  GETGLOBALFIELD(Shape.GLOBAL_NUMBER),
  PUSHGETGLOBALFIELD(Shape.GLOBAL_NUMBER),
  SETGLOBAL(Shape.GLOBAL),
  ATOM0,
  ATOM(Shape.NUMBER),
  PUSHATOM0,
  PUSHATOM(Shape.NUMBER),
  MAKEBLOCK(Shape.NUMBER_NUMBER),
  MAKEBLOCK1(Shape.NUMBER),
  MAKEBLOCK2(Shape.NUMBER),
  MAKEBLOCK3(Shape.NUMBER),
  MAKEFLOATBLOCK(Shape.NUMBER),
  GETFIELD0,
  GETFIELD1,
  GETFIELD2,
  GETFIELD3,
  GETFIELD(Shape.NUMBER),
  GETFLOATFIELD(Shape.NUMBER),
  SETFIELD0,
  SETFIELD1,
  SETFIELD2,
  SETFIELD3,
  SETFIELD(Shape.NUMBER),
  SETFLOATFIELD(Shape.NUMBER),
  VECTLENGTH,
  GETVECTITEM,
  SETVECTITEM,
  GETBYTESCHAR,
  SETBYTESCHAR,
  BRANCH(Shape.LABEL, Flow.JUMP),
  BRANCHIF(Shape.LABEL, Flow.CONDITIONAL),
  BRANCHIFNOT(Shape.LABEL, Flow.CONDITIONAL),
  SWITCH(Shape.SWITCH, Flow.JUMP),
  BOOLNOT,
  PUSHTRAP(Shape.LABEL),
  POPTRAP,
  RAISE(Shape.NONE, Flow.END),
  CHECK_SIGNALS,
  C_CALL1(Shape.PRIMITIVE),
  C_CALL2(Shape.PRIMITIVE),
  C_CALL3(Shape.PRIMITIVE),
  C_CALL4(Shape.PRIMITIVE),
  C_CALL5(Shape.PRIMITIVE),
  C_CALLN(Shape.NUMBER_PRIMITIVE),
  CONST0,
  CONST1,
  CONST2,
  CONST3,
  CONSTINT(Shape.INTEGER),
  PUSHCONST0,
  PUSHCONST1,
  PUSHCONST2,
  PUSHCONST3,
  PUSHCONSTINT(Shape.INTEGER),
  NEGINT,
  ADDINT,
  SUBINT,
  MULINT,
  DIVINT,
  MODINT,
  ANDINT,
  ORINT,
  XORINT,
  LSLINT,
  LSRINT,
  ASRINT,
  EQ,
  NEQ,
  LTINT,
  LEINT,
  GTINT,
  GEINT,
  OFFSETINT(Shape.INTEGER),
  OFFSETREF(Shape.INTEGER),
  ISINT,
  GETMETHOD,
  BEQ(Shape.INTEGER_LABEL, Flow.CONDITIONAL),
  BNEQ(Shape.INTEGER_LABEL, Flow.CONDITIONAL),
  BLTINT(Shape.INTEGER_LABEL, Flow.CONDITIONAL),
  BLEINT(Shape.INTEGER_LABEL, Flow.CONDITIONAL),
  BGTINT(Shape.INTEGER_LABEL, Flow.CONDITIONAL),
  BGEINT(Shape.INTEGER_LABEL, Flow.CONDITIONAL),
  ULTINT,
  UGEINT,
  BULTINT(Shape.INTEGER_LABEL, Flow.CONDITIONAL),
  BUGEINT(Shape.INTEGER_LABEL, Flow.CONDITIONAL),
  GETPUBMET(Shape.NUMBER_NUMBER),
  GETDYNMET,
  STOP(Shape.NONE, Flow.END),
  EVENT,
  BREAK,
  RERAISE(Shape.NONE, Flow.END),
  RAISE_NOTRACE(Shape.NONE, Flow.END),
  GETSTRINGCHAR;

  private static final List<BytecodeOp> ALL = List.of(values());

  private final Shape shape;
  private final Flow flow;

  BytecodeOp() {
    this(Shape.NONE);
  }

  BytecodeOp(Shape shape) {
    this(shape, Flow.NEXT);
  }

  BytecodeOp(Shape shape, Flow flow) {
    this.shape = shape;
    this.flow = flow;
  }

  /** The operands, each one word. A label is relative to the word it stands in. */
  public enum Shape {
    NONE(0),
    /** A stack slot, field, size, tag, method number and the like. */
    NUMBER(1),
    NUMBER_NUMBER(2),
    /** An OCaml int, not tagged. */
    INTEGER(1),
    INTEGER_LABEL(2),
    LABEL(1),
    NUMBER_LABEL(2),
    /** A slot of the table of globals. */
    GLOBAL(1),
    GLOBAL_NUMBER(2),
    /** An index in the table of primitives. */
    PRIMITIVE(1),
    NUMBER_PRIMITIVE(2),
    /** Number of constant cases (low 16 bits) and block cases (high), then their labels, relative to the first of them. */
    SWITCH(-1),
    /** Number of functions, number of variables, then labels, relative to the first of them. */
    CLOSUREREC(-1);

    private final int words;

    Shape(int words) {
      this.words = words;
    }
  }

  /** Where control goes when the instruction is done. */
  public enum Flow {
    /** To the next instruction. */
    NEXT,
    /** To the label or to the next instruction. */
    CONDITIONAL,
    /** To a label. */
    JUMP,
    /** Out of the function. */
    END
  }

  public Shape shape() {
    return shape;
  }

  public Flow flow() {
    return flow;
  }

  /** The operation of an opcode, or null if there is none. */
  public static BytecodeOp of(int opcode) {
    return opcode >= 0 && opcode < ALL.size() ? ALL.get(opcode) : null;
  }

  /**
   * Words that the instruction at {@code pc} takes, opcode included. The count operands of
   * {@link Shape#SWITCH} and {@link Shape#CLOSUREREC} are read from {@code code}.
   */
  public int length(int[] code, int pc) {
    return switch (shape) {
      case SWITCH -> 2 + switchCases(code[pc + 1]);
      case CLOSUREREC -> 3 + code[pc + 1];
      default -> 1 + shape.words;
    };
  }

  /** Number of labels a SWITCH with this first operand has. */
  public static int switchCases(int sizes) {
    return (sizes & 0xFFFF) + (sizes >>> 16);
  }
}

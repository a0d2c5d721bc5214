// SPDX-License-Identifier: Apache-2.0
package mirage.backend.bytecode;

import static mirage.backend.bytecode.Opcode.Operands.*;

/**
 * The instructions of OCaml's virtual machine, in the order of {@code caml/instruct.h}: the ordinal
 * is the number in the code.
 */
public enum Opcode {
  ACC0, ACC1, ACC2, ACC3, ACC4, ACC5, ACC6, ACC7,
  ACC(INT), PUSH,
  PUSHACC0, PUSHACC1, PUSHACC2, PUSHACC3, PUSHACC4, PUSHACC5, PUSHACC6, PUSHACC7,
  PUSHACC(INT), POP(INT), ASSIGN(INT),
  ENVACC1, ENVACC2, ENVACC3, ENVACC4, ENVACC(INT),
  PUSHENVACC1, PUSHENVACC2, PUSHENVACC3, PUSHENVACC4, PUSHENVACC(INT),
  PUSH_RETADDR(LABEL), APPLY(INT), APPLY1, APPLY2, APPLY3,
  APPTERM(INT_INT, Flow.STOP), APPTERM1(INT, Flow.STOP), APPTERM2(INT, Flow.STOP),
  APPTERM3(INT, Flow.STOP),
  RETURN(INT, Flow.STOP), RESTART, GRAB(INT),
  CLOSURE(INT_LABEL), CLOSUREREC(Operands.CLOSUREREC),
  OFFSETCLOSUREM3, OFFSETCLOSURE0, OFFSETCLOSURE3, OFFSETCLOSURE(INT),
  PUSHOFFSETCLOSUREM3, PUSHOFFSETCLOSURE0, PUSHOFFSETCLOSURE3, PUSHOFFSETCLOSURE(INT),
  GETGLOBAL(INT), PUSHGETGLOBAL(INT), GETGLOBALFIELD(INT_INT), PUSHGETGLOBALFIELD(INT_INT),
  SETGLOBAL(INT),
  ATOM0, ATOM(INT), PUSHATOM0, PUSHATOM(INT),
  MAKEBLOCK(INT_INT), MAKEBLOCK1(INT), MAKEBLOCK2(INT), MAKEBLOCK3(INT), MAKEFLOATBLOCK(INT),
  GETFIELD0, GETFIELD1, GETFIELD2, GETFIELD3, GETFIELD(INT), GETFLOATFIELD(INT),
  SETFIELD0, SETFIELD1, SETFIELD2, SETFIELD3, SETFIELD(INT), SETFLOATFIELD(INT),
  VECTLENGTH, GETVECTITEM, SETVECTITEM, GETBYTESCHAR, SETBYTESCHAR,
  BRANCH(LABEL, Flow.JUMP), BRANCHIF(LABEL, Flow.BRANCH), BRANCHIFNOT(LABEL, Flow.BRANCH),
  SWITCH(Operands.SWITCH, Flow.SWITCH), BOOLNOT,
  PUSHTRAP(LABEL, Flow.TRAP), POPTRAP, RAISE(NONE, Flow.STOP),
  CHECK_SIGNALS,
  C_CALL1(INT), C_CALL2(INT), C_CALL3(INT), C_CALL4(INT), C_CALL5(INT), C_CALLN(INT_INT),
  CONST0, CONST1, CONST2, CONST3, CONSTINT(INT),
  PUSHCONST0, PUSHCONST1, PUSHCONST2, PUSHCONST3, PUSHCONSTINT(INT),
  NEGINT, ADDINT, SUBINT, MULINT, DIVINT, MODINT, ANDINT, ORINT, XORINT, LSLINT, LSRINT, ASRINT,
  EQ, NEQ, LTINT, LEINT, GTINT, GEINT,
  OFFSETINT(INT), OFFSETREF(INT), ISINT, GETMETHOD,
  BEQ(INT_LABEL, Flow.BRANCH), BNEQ(INT_LABEL, Flow.BRANCH), BLTINT(INT_LABEL, Flow.BRANCH),
  BLEINT(INT_LABEL, Flow.BRANCH), BGTINT(INT_LABEL, Flow.BRANCH), BGEINT(INT_LABEL, Flow.BRANCH),
  ULTINT, UGEINT, BULTINT(INT_LABEL, Flow.BRANCH), BUGEINT(INT_LABEL, Flow.BRANCH),
  GETPUBMET(INT_INT), GETDYNMET,
  STOP(NONE, Flow.STOP), EVENT, BREAK,
  RERAISE(NONE, Flow.STOP), RAISE_NOTRACE(NONE, Flow.STOP), GETSTRINGCHAR;

  /** What follows the instruction word. A label is relative to its own position, in words. */
  public enum Operands {
    NONE,
    INT,
    INT_INT,
    LABEL,
    INT_LABEL,
    /** sizes (constant constructors in the low, tags in the high half), then a label for each. */
    SWITCH,
    /** functions, variables, then a label for each function. */
    CLOSUREREC
  }

  /** Where control goes after the instruction. */
  public enum Flow {
    NEXT,
    JUMP,
    BRANCH,
    SWITCH,
    /** Next, and later perhaps to the handler at the label. */
    TRAP,
    STOP
  }

  private static final Opcode[] BY_NUMBER = values();

  private final Operands operands;
  private final Flow flow;

  Opcode() {
    this(NONE, Flow.NEXT);
  }

  Opcode(Operands operands) {
    this(operands, Flow.NEXT);
  }

  Opcode(Operands operands, Flow flow) {
    this.operands = operands;
    this.flow = flow;
  }

  public Operands operands() {
    return operands;
  }

  public Flow flow() {
    return flow;
  }

  /** The instruction with that number, or null when there is none. */
  public static Opcode byNumber(int number) {
    return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
  }
}

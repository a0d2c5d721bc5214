// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The opcodes of OCaml 4.13 and 4.14 bytecode; the ordinal is the opcode (runtime/caml/instruct.h). An instruction is a 32-bit word
 * with the opcode, followed by a word for each operand.
 *
 * <p>A row tells what the instruction does, as plain operations, with operands that the opcode implies; those that are missing follow
 * in the code. An opcode without more is the plain operation of that name.
 */
public enum BytecodeOp {
  ACC0(PlainOp.ACC, 0),
  ACC1(PlainOp.ACC, 1),
  ACC2(PlainOp.ACC, 2),
  ACC3(PlainOp.ACC, 3),
  ACC4(PlainOp.ACC, 4),
  ACC5(PlainOp.ACC, 5),
  ACC6(PlainOp.ACC, 6),
  ACC7(PlainOp.ACC, 7),
  ACC,
  PUSH,
  PUSHACC0(push(PlainOp.ACC, 0)),
  PUSHACC1(push(PlainOp.ACC, 1)),
  PUSHACC2(push(PlainOp.ACC, 2)),
  PUSHACC3(push(PlainOp.ACC, 3)),
  PUSHACC4(push(PlainOp.ACC, 4)),
  PUSHACC5(push(PlainOp.ACC, 5)),
  PUSHACC6(push(PlainOp.ACC, 6)),
  PUSHACC7(push(PlainOp.ACC, 7)),
  PUSHACC(push(PlainOp.ACC)),
  POP,
  ASSIGN,
  ENVACC1(PlainOp.ENVACC, 1),
  ENVACC2(PlainOp.ENVACC, 2),
  ENVACC3(PlainOp.ENVACC, 3),
  ENVACC4(PlainOp.ENVACC, 4),
  ENVACC,
  PUSHENVACC1(push(PlainOp.ENVACC, 1)),
  PUSHENVACC2(push(PlainOp.ENVACC, 2)),
  PUSHENVACC3(push(PlainOp.ENVACC, 3)),
  PUSHENVACC4(push(PlainOp.ENVACC, 4)),
  PUSHENVACC(push(PlainOp.ENVACC)),
  PUSH_RETADDR,
  APPLY(List.of(one(PlainOp.APPLY), one(PlainOp.POP_RETADDR))),
  APPLY1(PlainOp.APPLY, 1),
  APPLY2(PlainOp.APPLY, 2),
  APPLY3(PlainOp.APPLY, 3),
  APPTERM,
  APPTERM1(PlainOp.APPTERM, 1),
  APPTERM2(PlainOp.APPTERM, 2),
  APPTERM3(PlainOp.APPTERM, 3),
  RETURN,
  RESTART,
  GRAB,
  CLOSURE,
  CLOSUREREC,
  OFFSETCLOSUREM3(PlainOp.OFFSETCLOSURE, -3),
  OFFSETCLOSURE0(PlainOp.OFFSETCLOSURE, 0),
  OFFSETCLOSURE3(PlainOp.OFFSETCLOSURE, 3),
  OFFSETCLOSURE,
  PUSHOFFSETCLOSUREM3(push(PlainOp.OFFSETCLOSURE, -3)),
  PUSHOFFSETCLOSURE0(push(PlainOp.OFFSETCLOSURE, 0)),
  PUSHOFFSETCLOSURE3(push(PlainOp.OFFSETCLOSURE, 3)),
  PUSHOFFSETCLOSURE(push(PlainOp.OFFSETCLOSURE)),
  GETGLOBAL,
  PUSHGETGLOBAL(push(PlainOp.GETGLOBAL)),
  GETGLOBALFIELD(List.of(one(PlainOp.GETGLOBAL), one(PlainOp.GETFIELD))),
  PUSHGETGLOBALFIELD(List.of(one(PlainOp.PUSH), one(PlainOp.GETGLOBAL), one(PlainOp.GETFIELD))),
  SETGLOBAL,
  ATOM0(PlainOp.ATOM, 0),
  ATOM,
  PUSHATOM0(push(PlainOp.ATOM, 0)),
  PUSHATOM(push(PlainOp.ATOM)),
  MAKEBLOCK,
  MAKEBLOCK1(PlainOp.MAKEBLOCK, 1),
  MAKEBLOCK2(PlainOp.MAKEBLOCK, 2),
  MAKEBLOCK3(PlainOp.MAKEBLOCK, 3),
  MAKEFLOATBLOCK,
  GETFIELD0(PlainOp.GETFIELD, 0),
  GETFIELD1(PlainOp.GETFIELD, 1),
  GETFIELD2(PlainOp.GETFIELD, 2),
  GETFIELD3(PlainOp.GETFIELD, 3),
  GETFIELD,
  GETFLOATFIELD,
  SETFIELD0(PlainOp.SETFIELD, 0),
  SETFIELD1(PlainOp.SETFIELD, 1),
  SETFIELD2(PlainOp.SETFIELD, 2),
  SETFIELD3(PlainOp.SETFIELD, 3),
  SETFIELD,
  SETFLOATFIELD,
  VECTLENGTH,
  GETVECTITEM,
  SETVECTITEM,
  GETBYTESCHAR,
  SETBYTESCHAR,
  BRANCH,
  BRANCHIF,
  BRANCHIFNOT,
  SWITCH,
  BOOLNOT,
  PUSHTRAP,
  POPTRAP,
  RAISE,
  /** Does nothing: a program has no signals but between instructions. */
  CHECK_SIGNALS(List.of()),
  C_CALL1(PlainOp.C_CALL, 1),
  C_CALL2(PlainOp.C_CALL, 2),
  C_CALL3(PlainOp.C_CALL, 3),
  C_CALL4(PlainOp.C_CALL, 4),
  C_CALL5(PlainOp.C_CALL, 5),
  C_CALLN(PlainOp.C_CALL),
  CONST0(PlainOp.CONST, 0),
  CONST1(PlainOp.CONST, 1),
  CONST2(PlainOp.CONST, 2),
  CONST3(PlainOp.CONST, 3),
  CONSTINT(PlainOp.CONST),
  PUSHCONST0(push(PlainOp.CONST, 0)),
  PUSHCONST1(push(PlainOp.CONST, 1)),
  PUSHCONST2(push(PlainOp.CONST, 2)),
  PUSHCONST3(push(PlainOp.CONST, 3)),
  PUSHCONSTINT(push(PlainOp.CONST)),
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
  OFFSETINT,
  OFFSETREF,
  ISINT,
  GETMETHOD,
  BEQ,
  BNEQ,
  BLTINT,
  BLEINT,
  BGTINT,
  BGEINT,
  ULTINT,
  UGEINT,
  BULTINT,
  BUGEINT,
  GETPUBMET(push(PlainOp.GETPUBMET)),
  GETDYNMET,
  STOP,
  EVENT,
  BREAK,
  RERAISE,
  RAISE_NOTRACE,
  GETSTRINGCHAR(PlainOp.GETBYTESCHAR);

  private static final List<BytecodeOp> ALL = List.of(values());

  /** What it does, without the operands that follow in the code. */
  private final List<PlainInstruction> plain;

  private final Set<PlainOp> does = EnumSet.noneOf(PlainOp.class);
  private final List<Operand> operands;
  private final int firstLabel;

  BytecodeOp() {
    this((List<PlainInstruction>) null);
  }

  BytecodeOp(PlainOp op, int... implied) {
    this(List.of(one(op, implied)));
  }

  BytecodeOp(List<PlainInstruction> row) {
    plain = row == null ? List.of(one(PlainOp.valueOf(name()))) : row;
    List<Operand> missing = new ArrayList<>();
    for (PlainInstruction part : plain) {
      does.add(part.op());
      List<Operand> all = part.op().operands();
      missing.addAll(all.subList(all.size() - part.missing(), all.size()));
    }
    operands = List.copyOf(missing);
    firstLabel =
        IntStream.range(0, operands.size())
            .filter(i -> operands.get(i).isLabel())
            .findFirst()
            .orElse(-1);
  }

  private static PlainInstruction one(PlainOp op, int... implied) {
    return new PlainInstruction(op, implied);
  }

  /** The accumulator is pushed first. */
  private static List<PlainInstruction> push(PlainOp op, int... implied) {
    return List.of(one(PlainOp.PUSH), one(op, implied));
  }

  /** The operation of an opcode, or null if there is none. */
  public static BytecodeOp of(int opcode) {
    return opcode >= 0 && opcode < ALL.size() ? ALL.get(opcode) : null;
  }

  /** What the operands in the code are. Of SWITCH and CLOSUREREC the last stands for all that follow. */
  public List<Operand> operands() {
    return operands;
  }

  /** What an operand in the code is. */
  Operand operand(int number) {
    return operands.get(Math.min(number, operands.size() - 1));
  }

  /** Number of the first operand that is a label, as are all behind it; -1 if none is. */
  int firstLabel() {
    return firstLabel;
  }

  /** What its labels are, or null. */
  Operand labelKind() {
    return firstLabel < 0 ? null : operands.get(firstLabel);
  }

  /** Whether control may come to the next instruction. */
  public boolean continues() {
    return plain.isEmpty() || plain.get(plain.size() - 1).op().continues();
  }

  /** Whether one of the things it does is this. */
  boolean does(PlainOp what) {
    return does.contains(what);
  }

  /** What an instruction does that has these operands in the code. */
  List<PlainInstruction> plain(int[] actual) {
    if (operands.isEmpty()) {
      return plain;
    }
    if (plain.size() == 1) {
      return List.of(plain.get(0).with(actual, 0, actual.length));
    }
    PlainInstruction[] whole = new PlainInstruction[plain.size()];
    int from = 0;
    for (int i = 0; i < whole.length; i++) {
      int to = from + plain.get(i).missing();
      whole[i] = plain.get(i).with(actual, from, to);
      from = to;
    }
    return List.of(whole);
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.backend.front;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mirage.backend.ir.Block;
import mirage.backend.ir.Captured;
import mirage.backend.ir.ClosureSet;
import mirage.backend.ir.CompileException;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Immediate;
import mirage.backend.ir.Num;
import mirage.backend.ir.Op;
import mirage.backend.ir.Primitive;
import mirage.backend.ir.Sibling;
import mirage.backend.ir.Type;
import mirage.backend.ir.Var;
import mirage.formats.Bytecode;
import mirage.formats.ClosureMember;
import mirage.formats.Instruction;
import mirage.formats.Operand;
import mirage.formats.PlainInstruction;
import mirage.formats.PlainOp;

/** Reads one block: each bytecode instruction changes the state and adds what it computes. */
final class BlockReader {
  /** Primitives that return their argument: between types, for the type checker. */
  private static final Set<String> IDENTITIES =
      Set.of("caml_bytes_of_string", "caml_string_of_bytes");

  private final FunctionReader owner;
  private final Bytecode code;
  private final Block block;
  private final VirtualMachine vm;
  private Instruction at;

  BlockReader(FunctionReader owner, Block block, VirtualMachine vm) {
    this.owner = owner;
    this.code = owner.program().code();
    this.block = block;
    this.vm = vm;
  }

  /** Reads from an instruction to the end of the block. */
  void read(int start) {
    int pc = start;
    while (block.end() == null) {
      vm.at(pc);
      if (pc != start && owner.program().labels().starts(pc)) {
        jump(pc);
        return;
      }
      at = code.at(pc);
      at.plain().forEach(this::operation);
      pc = at.next();
    }
  }

  /** Ends the block with a jump to an instruction. */
  void jump(int target) {
    block.setEnd(new End.Jump(edge(target)));
  }

  private void operation(PlainInstruction plain) {
    Op same = same(plain.op());
    if (same != null) {
      compute(same, plain);
    } else if (!stack(plain) && !closures(plain) && !calls(plain)) {
      control(plain);
    }
  }

  /** The operation that does the same, if there is one. */
  private static Op same(PlainOp op) {
    return switch (op) {
      case GETGLOBAL -> Op.GLOBAL;
      case SETGLOBAL -> Op.SET_GLOBAL;
      case ATOM -> Op.ATOM;
      case MAKEBLOCK -> Op.BLOCK;
      case MAKEFLOATBLOCK -> Op.FLOAT_BLOCK;
      case GETFIELD -> Op.FIELD;
      case GETFLOATFIELD -> Op.FLOAT_FIELD;
      case SETFIELD -> Op.SET_FIELD;
      case SETFLOATFIELD -> Op.SET_FLOAT_FIELD;
      case VECTLENGTH -> Op.LENGTH;
      case GETVECTITEM -> Op.ITEM;
      case SETVECTITEM -> Op.SET_ITEM;
      case GETBYTESCHAR -> Op.BYTE;
      case SETBYTESCHAR -> Op.SET_BYTE;
      case OFFSETREF -> Op.OFFSET_REF;
      case NEGINT -> Op.NEG;
      case BOOLNOT -> Op.NOT;
      case ISINT -> Op.IS_INT;
      case ADDINT -> Op.ADD;
      case SUBINT -> Op.SUB;
      case MULINT -> Op.MUL;
      case DIVINT -> Op.DIV;
      case MODINT -> Op.MOD;
      case ANDINT -> Op.AND;
      case ORINT -> Op.OR;
      case XORINT -> Op.XOR;
      case LSLINT -> Op.LSL;
      case LSRINT -> Op.LSR;
      case ASRINT -> Op.ASR;
      case EQ -> Op.EQ;
      case NEQ -> Op.NE;
      case LTINT -> Op.LT;
      case LEINT -> Op.LE;
      case GTINT -> Op.GT;
      case GEINT -> Op.GE;
      case ULTINT -> Op.ULT;
      case UGEINT -> Op.UGE;
      case APPLY -> Op.APPLY;
      default -> null;
    };
  }

  /** A number, if it takes one, is the last operand. */
  private void compute(Op op, PlainInstruction plain) {
    boolean number = op.signature().immediate() == Immediate.Kind.NUMBER;
    Num immediate = number ? new Num(plain.operand(plain.operands().length - 1)) : null;
    Var[] args = vm.take(plain.values());
    if (op.signature().result() == null) {
      vm.effect(op, immediate, args);
    } else {
      vm.set(op, immediate, args);
    }
  }

  private boolean stack(PlainInstruction plain) {
    switch (plain.op()) {
      case PUSH -> vm.push(vm.accumulator());
      case ACC -> vm.setAccumulator(vm.peek(plain.operand(0)));
      case POP -> vm.state().drop(plain.operand(0));
      case ASSIGN -> vm.assign(plain.operand(0));
      case CONST -> vm.setAccumulator(vm.integer(plain.operand(0)));
      case OFFSETINT -> vm.set(Op.ADD, null, vm.accumulator(), vm.integer(plain.operand(0)));
      case EVENT, BREAK -> {}
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean closures(PlainInstruction plain) {
    switch (plain.op()) {
      case ENVACC -> captured(plain.operand(0));
      case OFFSETCLOSURE -> sibling(plain.operand(0));
      case CLOSURE -> vm.set(Op.CLOSURES, made(), variables(plain.values()));
      case CLOSUREREC -> {
        ClosureSet made = made();
        vm.set(Op.CLOSURES, made, variables(plain.values()));
        Var first = vm.accumulator();
        vm.push(first);
        for (int i = 1; i < made.functions().size(); i++) {
          vm.push(vm.emit(Op.SIBLING, Type.VALUE, new Sibling(made, 0, i), first));
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** The machine pushes the accumulator, so that all are on the stack. */
  private Var[] variables(int count) {
    if (count > 0) {
      vm.push(vm.accumulator());
    }
    return vm.pop(count);
  }

  private ClosureSet made() {
    return owner.program().closures(at.pc(), at.labels(Operand.FUNCTION));
  }

  private void captured(int field) {
    ClosureSet set = owner.set();
    if (set == null) {
      throw new CompileException(
          "bytecode at word " + at.pc() + ": toplevel code has no environment");
    }
    int first = member().firstVariable();
    vm.set(Op.CAPTURED, new Captured(set, owner.index(), field - first), owner.closure());
  }

  private void sibling(int offset) {
    if (offset == 0) {
      vm.setAccumulator(owner.closure());
    } else {
      int to = member().sibling(offset);
      vm.set(Op.SIBLING, new Sibling(owner.set(), owner.index(), to), owner.closure());
    }
  }

  private ClosureMember member() {
    return new ClosureMember(owner.index(), owner.set().functions().size());
  }

  private boolean calls(PlainInstruction plain) {
    switch (plain.op()) {
      case PUSH_RETADDR -> {
        for (int i = 0; i < PlainOp.RETURN_FRAME; i++) {
          vm.state().push(null);
        }
      }
      case POP_RETADDR -> vm.state().drop(PlainOp.RETURN_FRAME);
      case C_CALL -> {
        String primitive = owner.program().primitive(plain.operand(1));
        if (!IDENTITIES.contains(primitive)) {
          vm.set(Op.C_CALL, new Primitive(primitive), vm.take(plain.values()));
        }
      }
      case GETMETHOD -> vm.set(Op.METHOD, null, vm.peek(0), vm.accumulator());
      case GETPUBMET ->
          vm.set(Op.PUBLIC_METHOD, null, vm.accumulator(), vm.integer(plain.operand(0)));
      case GETDYNMET -> vm.set(Op.PUBLIC_METHOD, null, vm.peek(0), vm.accumulator());
      default -> {
        return false;
      }
    }
    return true;
  }

  private void control(PlainInstruction plain) {
    switch (plain.op()) {
      case BRANCH -> jump(plain.operand(0));
      case BRANCHIF -> branch(vm.accumulator(), plain.operand(0), true);
      case BRANCHIFNOT -> branch(vm.accumulator(), plain.operand(0), false);
      case BEQ -> compare(Op.EQ, plain);
      case BNEQ -> compare(Op.NE, plain);
      case BLTINT -> compare(Op.LT, plain);
      case BLEINT -> compare(Op.LE, plain);
      case BGTINT -> compare(Op.GT, plain);
      case BGEINT -> compare(Op.GE, plain);
      case BULTINT -> compare(Op.ULT, plain);
      case BUGEINT -> compare(Op.UGE, plain);
      case SWITCH -> switchOn(plain.operand(0), at.labels());
      case RETURN -> block.setEnd(new End.Return(vm.accumulator()));
      case APPTERM ->
          block.setEnd(new End.TailCall(null, List.of(vm.take(plain.values())), at.pc()));
      case RAISE -> raise(End.RaiseKind.RAISE);
      case RERAISE -> raise(End.RaiseKind.RERAISE);
      case RAISE_NOTRACE -> raise(End.RaiseKind.NOTRACE);
      case PUSHTRAP -> pushTrap(plain.operand(0));
      case POPTRAP -> {
        vm.state().leaveTrap();
        vm.emit(Op.POP_TRAP, null, null);
      }
      case STOP -> block.setEnd(new End.Stop());
      default ->
          throw new CompileException("bytecode at word " + at.pc() + ": unexpected " + at.op());
    }
  }

  private void raise(End.RaiseKind kind) {
    block.setEnd(new End.Raise(vm.accumulator(), kind, at.pc()));
  }

  private Edge edge(int target) {
    return owner.edgeTo(target, vm);
  }

  private void compare(Op op, PlainInstruction plain) {
    Var constant = vm.integer(plain.operand(0));
    Var compared = vm.emit(op, Type.VALUE, null, constant, vm.accumulator());
    branch(compared, plain.operand(1), true);
  }

  private void branch(Var condition, int target, boolean jumpIfTrue) {
    Edge jump = edge(target);
    Edge next = edge(at.next());
    block.setEnd(
        jumpIfTrue ? new End.Branch(condition, jump, next) : new End.Branch(condition, next, jump));
  }

  private void switchOn(int integers, int[] targets) {
    Var on = vm.accumulator();
    Map<Integer, Edge> byTarget = new HashMap<>();
    List<Edge> edges = new ArrayList<>();
    for (int target : targets) {
      edges.add(byTarget.computeIfAbsent(target, this::edge));
    }
    block.setEnd(
        new End.Switch(on, edges.subList(0, integers), edges.subList(integers, targets.length)));
  }

  private void pushTrap(int handlerPc) {
    Block handler = owner.addBlock();
    Var exception = owner.function().newVar(Type.VALUE);
    handler.params().add(exception);
    State inHandler = vm.state().copy();
    inHandler.setAccumulator(exception);
    VirtualMachine landing = new VirtualMachine(owner, handler, inHandler);
    handler.setEnd(new End.Jump(owner.edgeTo(handlerPc, landing)));
    vm.state().enterTrap();
    block.setEnd(new End.PushTrap(edge(at.next()), handler, at.pc()));
  }
}

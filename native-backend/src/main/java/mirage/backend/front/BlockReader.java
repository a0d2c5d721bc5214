// SPDX-License-Identifier: Apache-2.0
package mirage.backend.front;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import mirage.backend.ir.Block;
import mirage.backend.ir.Captured;
import mirage.backend.ir.ClosureSet;
import mirage.backend.ir.CompileException;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Num;
import mirage.backend.ir.Op;
import mirage.backend.ir.Primitive;
import mirage.backend.ir.Sibling;
import mirage.backend.ir.Type;
import mirage.backend.ir.Var;
import mirage.formats.BytecodeOp;

/** Reads one block: each bytecode instruction changes the state and adds what it computes. */
final class BlockReader {
  /** Primitives that return their argument: between types, for the type checker. */
  private static final Set<String> IDENTITIES =
      Set.of("caml_bytes_of_string", "caml_string_of_bytes");

  private final FunctionReader owner;
  private final Code code;
  private final Block block;
  private final VirtualMachine vm;
  private int pc;

  BlockReader(FunctionReader owner, Block block, VirtualMachine vm) {
    this.owner = owner;
    this.code = owner.program().code();
    this.block = block;
    this.vm = vm;
  }

  /** Reads from an instruction to the end of the block. */
  void read(int start) {
    pc = start;
    while (block.end() == null) {
      vm.at(pc);
      if (pc != start && owner.program().labels().starts(pc)) {
        jump(pc);
        return;
      }
      BytecodeOp op = code.op(pc);
      instruction(op);
      pc += code.length(pc);
    }
  }

  /** Ends the block with a jump to an instruction. */
  void jump(int target) {
    block.setEnd(new End.Jump(edge(target)));
  }

  private int operand(int number) {
    return code.word(pc + 1 + number);
  }

  // Instructions, by group. Those that push first share the rest with those that do not.

  private void instruction(BytecodeOp op) {
    switch (op) {
      case ACC0, ACC1, ACC2, ACC3, ACC4, ACC5, ACC6, ACC7 ->
          vm.setAccumulator(vm.peek(op.ordinal() - BytecodeOp.ACC0.ordinal()));
      case ACC -> vm.setAccumulator(vm.peek(operand(0)));
      case PUSH -> vm.pushAccumulator();
      case PUSHACC0, PUSHACC1, PUSHACC2, PUSHACC3, PUSHACC4, PUSHACC5, PUSHACC6, PUSHACC7 -> {
        vm.pushAccumulator();
        vm.setAccumulator(vm.peek(op.ordinal() - BytecodeOp.PUSHACC0.ordinal()));
      }
      case PUSHACC -> {
        vm.pushAccumulator();
        vm.setAccumulator(vm.peek(operand(0)));
      }
      case POP -> vm.state().drop(operand(0));
      case ASSIGN -> vm.assign(operand(0));
      case CONST0, CONST1, CONST2, CONST3 ->
          vm.setAccumulator(vm.integer(op.ordinal() - BytecodeOp.CONST0.ordinal()));
      case CONSTINT -> vm.setAccumulator(vm.integer(operand(0)));
      case PUSHCONST0, PUSHCONST1, PUSHCONST2, PUSHCONST3 -> {
        vm.pushAccumulator();
        vm.setAccumulator(vm.integer(op.ordinal() - BytecodeOp.PUSHCONST0.ordinal()));
      }
      case PUSHCONSTINT -> {
        vm.pushAccumulator();
        vm.setAccumulator(vm.integer(operand(0)));
      }
      case EVENT, BREAK, CHECK_SIGNALS -> {}
      default -> {
        if (!environment(op) && !blocks(op) && !arithmetic(op) && !calls(op)) {
          control(op);
        }
      }
    }
  }

  private boolean environment(BytecodeOp op) {
    switch (op) {
      case PUSHENVACC1, PUSHENVACC2, PUSHENVACC3, PUSHENVACC4 -> {
        vm.pushAccumulator();
        captured(op.ordinal() - BytecodeOp.PUSHENVACC1.ordinal() + 1);
      }
      case PUSHENVACC -> {
        vm.pushAccumulator();
        captured(operand(0));
      }
      case ENVACC1, ENVACC2, ENVACC3, ENVACC4 ->
          captured(op.ordinal() - BytecodeOp.ENVACC1.ordinal() + 1);
      case ENVACC -> captured(operand(0));
      case PUSHOFFSETCLOSUREM3, PUSHOFFSETCLOSURE0, PUSHOFFSETCLOSURE3 -> {
        vm.pushAccumulator();
        sibling(3 * (op.ordinal() - BytecodeOp.PUSHOFFSETCLOSURE0.ordinal()));
      }
      case PUSHOFFSETCLOSURE -> {
        vm.pushAccumulator();
        sibling(operand(0));
      }
      case OFFSETCLOSUREM3, OFFSETCLOSURE0, OFFSETCLOSURE3 ->
          sibling(3 * (op.ordinal() - BytecodeOp.OFFSETCLOSURE0.ordinal()));
      case OFFSETCLOSURE -> sibling(operand(0));
      case CLOSURE -> {
        int count = operand(0);
        if (count > 0) {
          vm.pushAccumulator();
        }
        ClosureSet made = owner.program().closures(pc, new int[] {code.label(pc + 2)});
        vm.set(Op.CLOSURES, made, vm.pop(count));
      }
      case CLOSUREREC -> closureRec(operand(0), operand(1));
      default -> {
        return false;
      }
    }
    return true;
  }

  /** In the virtual machine a closure's variables follow the closures after it, three words each. */
  private void captured(int field) {
    ClosureSet set = owner.set();
    if (set == null) {
      throw new CompileException("bytecode at word " + pc + ": toplevel code has no environment");
    }
    int first = 3 * (set.functions().size() - owner.index()) - 1;
    vm.set(Op.CAPTURED, new Captured(set, owner.index(), field - first), owner.closure());
  }

  private void sibling(int offset) {
    if (offset == 0) {
      vm.setAccumulator(owner.closure());
    } else {
      int to = owner.index() + offset / 3;
      vm.set(Op.SIBLING, new Sibling(owner.set(), owner.index(), to), owner.closure());
    }
  }

  private void closureRec(int functions, int variables) {
    if (variables > 0) {
      vm.pushAccumulator();
    }
    int[] entries = new int[functions];
    for (int i = 0; i < functions; i++) {
      entries[i] = code.label(pc + 3, pc + 3 + i);
    }
    ClosureSet made = owner.program().closures(pc, entries);
    Var first = vm.emit(Op.CLOSURES, Type.VALUE, made, vm.pop(variables));
    vm.setAccumulator(first);
    vm.push(first);
    for (int i = 1; i < functions; i++) {
      vm.push(vm.emit(Op.SIBLING, Type.VALUE, new Sibling(made, 0, i), first));
    }
  }

  private boolean blocks(BytecodeOp op) {
    switch (op) {
      case PUSHGETGLOBAL, PUSHGETGLOBALFIELD, PUSHATOM0, PUSHATOM -> {
        vm.pushAccumulator();
        loadGlobal(op);
      }
      case GETGLOBAL, GETGLOBALFIELD, ATOM0, ATOM -> loadGlobal(op);
      case SETGLOBAL -> vm.effect(Op.SET_GLOBAL, operand(0), vm.accumulator());
      case MAKEBLOCK -> makeBlock(Op.BLOCK, operand(0), new Num(operand(1)));
      case MAKEBLOCK1 -> makeBlock(Op.BLOCK, 1, new Num(operand(0)));
      case MAKEBLOCK2 -> makeBlock(Op.BLOCK, 2, new Num(operand(0)));
      case MAKEBLOCK3 -> makeBlock(Op.BLOCK, 3, new Num(operand(0)));
      case MAKEFLOATBLOCK -> makeBlock(Op.FLOAT_BLOCK, operand(0), null);
      case GETFIELD0, GETFIELD1, GETFIELD2, GETFIELD3 ->
          vm.set(Op.FIELD, op.ordinal() - BytecodeOp.GETFIELD0.ordinal(), vm.accumulator());
      case GETFIELD -> vm.set(Op.FIELD, operand(0), vm.accumulator());
      case GETFLOATFIELD -> vm.set(Op.FLOAT_FIELD, operand(0), vm.accumulator());
      case SETFIELD0, SETFIELD1, SETFIELD2, SETFIELD3 ->
          vm.effect(
              Op.SET_FIELD,
              op.ordinal() - BytecodeOp.SETFIELD0.ordinal(),
              vm.accumulator(),
              vm.pop());
      case SETFIELD -> vm.effect(Op.SET_FIELD, operand(0), vm.accumulator(), vm.pop());
      case SETFLOATFIELD -> vm.effect(Op.SET_FLOAT_FIELD, operand(0), vm.accumulator(), vm.pop());
      case VECTLENGTH -> vm.set(Op.LENGTH, null, vm.accumulator());
      case GETVECTITEM -> vm.set(Op.ITEM, null, vm.accumulator(), vm.pop());
      case SETVECTITEM -> {
        Var[] args = vm.pop(2);
        vm.effect(Op.SET_ITEM, null, vm.accumulator(), args[0], args[1]);
      }
      case GETBYTESCHAR, GETSTRINGCHAR -> vm.set(Op.BYTE, null, vm.accumulator(), vm.pop());
      case SETBYTESCHAR -> {
        Var[] args = vm.pop(2);
        vm.effect(Op.SET_BYTE, null, vm.accumulator(), args[0], args[1]);
      }
      case OFFSETREF -> vm.effect(Op.OFFSET_REF, operand(0), vm.accumulator());
      default -> {
        return false;
      }
    }
    return true;
  }

  private void loadGlobal(BytecodeOp op) {
    switch (op) {
      case GETGLOBAL, PUSHGETGLOBAL -> vm.set(Op.GLOBAL, operand(0));
      case GETGLOBALFIELD, PUSHGETGLOBALFIELD -> {
        Var global = vm.emit(Op.GLOBAL, Type.VALUE, new Num(operand(0)));
        vm.set(Op.FIELD, operand(1), global);
      }
      case ATOM, PUSHATOM -> vm.set(Op.ATOM, operand(0));
      default -> vm.set(Op.ATOM, 0);
    }
  }

  private void makeBlock(Op op, int size, Num tag) {
    Var[] args = new Var[size];
    args[0] = vm.accumulator();
    for (int i = 1; i < size; i++) {
      args[i] = vm.pop();
    }
    vm.set(op, tag, args);
  }

  private boolean arithmetic(BytecodeOp op) {
    Op binary = binary(op);
    if (binary != null && op.flow() == BytecodeOp.Flow.NEXT) {
      vm.set(binary, null, vm.accumulator(), vm.pop());
      return true;
    }
    switch (op) {
      case NEGINT -> vm.set(Op.NEG, null, vm.accumulator());
      case BOOLNOT -> vm.set(Op.NOT, null, vm.accumulator());
      case ISINT -> vm.set(Op.IS_INT, null, vm.accumulator());
      case OFFSETINT -> vm.set(Op.ADD, null, vm.accumulator(), vm.integer(operand(0)));
      default -> {
        return false;
      }
    }
    return true;
  }

  private static Op binary(BytecodeOp op) {
    return switch (op) {
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
      case EQ, BEQ -> Op.EQ;
      case NEQ, BNEQ -> Op.NE;
      case LTINT, BLTINT -> Op.LT;
      case LEINT, BLEINT -> Op.LE;
      case GTINT, BGTINT -> Op.GT;
      case GEINT, BGEINT -> Op.GE;
      case ULTINT, BULTINT -> Op.ULT;
      case UGEINT, BUGEINT -> Op.UGE;
      default -> null;
    };
  }

  private boolean calls(BytecodeOp op) {
    switch (op) {
      case PUSH_RETADDR -> {
        for (int i = 0; i < 3; i++) {
          vm.state().push(null);
        }
      }
      case APPLY -> {
        int count = operand(0);
        vm.set(Op.APPLY, null, closureAndArguments(count));
        vm.state().drop(3);
      }
      case APPLY1, APPLY2, APPLY3 ->
          vm.set(
              Op.APPLY, null, closureAndArguments(op.ordinal() - BytecodeOp.APPLY1.ordinal() + 1));
      case C_CALL1, C_CALL2, C_CALL3, C_CALL4, C_CALL5 ->
          cCall(op.ordinal() - BytecodeOp.C_CALL1.ordinal() + 1, operand(0));
      case C_CALLN -> cCall(operand(0), operand(1));
      case GETMETHOD -> vm.set(Op.METHOD, null, vm.peek(0), vm.accumulator());
      case GETPUBMET -> {
        Var object = vm.accumulator();
        vm.push(object);
        vm.set(Op.PUBLIC_METHOD, null, object, vm.integer(operand(0)));
      }
      case GETDYNMET -> vm.set(Op.PUBLIC_METHOD, null, vm.peek(0), vm.accumulator());
      default -> {
        return false;
      }
    }
    return true;
  }

  private Var[] closureAndArguments(int count) {
    Var[] all = new Var[count + 1];
    all[0] = vm.accumulator();
    System.arraycopy(vm.pop(count), 0, all, 1, count);
    return all;
  }

  private void cCall(int count, int primitive) {
    if (IDENTITIES.contains(owner.program().primitive(primitive))) {
      return;
    }
    Var[] all = new Var[count];
    all[0] = vm.accumulator();
    System.arraycopy(vm.pop(count - 1), 0, all, 1, count - 1);
    vm.set(Op.C_CALL, new Primitive(owner.program().primitive(primitive)), all);
  }

  private void control(BytecodeOp op) {
    switch (op) {
      case BRANCH -> jump(code.label(pc + 1));
      case BRANCHIF -> branch(vm.accumulator(), code.label(pc + 1), true);
      case BRANCHIFNOT -> branch(vm.accumulator(), code.label(pc + 1), false);
      case BEQ, BNEQ, BLTINT, BLEINT, BGTINT, BGEINT, BULTINT, BUGEINT -> {
        Var constant = vm.integer(operand(0));
        Var compared = vm.emit(binary(op), Type.VALUE, null, constant, vm.accumulator());
        branch(compared, code.label(pc + 2), true);
      }
      case SWITCH -> switchOn(operand(0));
      case RETURN -> block.setEnd(new End.Return(vm.accumulator()));
      case APPTERM -> tailCall(operand(0));
      case APPTERM1, APPTERM2, APPTERM3 ->
          tailCall(op.ordinal() - BytecodeOp.APPTERM1.ordinal() + 1);
      case RAISE -> block.setEnd(new End.Raise(vm.accumulator(), End.RaiseKind.RAISE, pc));
      case RERAISE -> block.setEnd(new End.Raise(vm.accumulator(), End.RaiseKind.RERAISE, pc));
      case RAISE_NOTRACE ->
          block.setEnd(new End.Raise(vm.accumulator(), End.RaiseKind.NOTRACE, pc));
      case PUSHTRAP -> pushTrap(code.label(pc + 1));
      case POPTRAP -> {
        vm.state().leaveTrap();
        vm.emit(Op.POP_TRAP, null, null);
      }
      case STOP -> block.setEnd(new End.Stop());
      default -> throw new CompileException("bytecode at word " + pc + ": unexpected " + op);
    }
  }

  private Edge edge(int target) {
    return owner.edgeTo(target, vm);
  }

  private void branch(Var condition, int target, boolean jumpIfTrue) {
    Edge jump = edge(target);
    Edge next = edge(pc + code.length(pc));
    block.setEnd(
        jumpIfTrue ? new End.Branch(condition, jump, next) : new End.Branch(condition, next, jump));
  }

  private void switchOn(int sizes) {
    int integers = sizes & 0xFFFF;
    int total = integers + (sizes >>> 16);
    Var on = vm.accumulator();
    List<Edge> edges = new ArrayList<>();
    Edge[] byTarget = new Edge[total];
    int[] targets = new int[total];
    for (int i = 0; i < total; i++) {
      targets[i] = code.label(pc + 2, pc + 2 + i);
      int same = Arrays.stream(targets, 0, i).boxed().toList().indexOf(targets[i]);
      byTarget[i] = same >= 0 ? byTarget[same] : edge(targets[i]);
      edges.add(byTarget[i]);
    }
    block.setEnd(new End.Switch(on, edges.subList(0, integers), edges.subList(integers, total)));
  }

  private void tailCall(int count) {
    block.setEnd(new End.TailCall(null, List.of(closureAndArguments(count)), pc));
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
    block.setEnd(new End.PushTrap(edge(pc + code.length(pc)), handler, pc));
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import static mirage.emulator.core.Translator.LEFT_SLOT;
import static mirage.emulator.core.Translator.STATE;
import static mirage.emulator.core.Translator.STATE_SLOT;
import static mirage.emulator.core.Translator.TARGET_SLOT;

import java.util.LinkedHashMap;
import java.util.Map;
import mirage.xtensa.Flow;
import mirage.xtensa.Instruction;
import mirage.xtensa.Opcode.Access;
import mirage.xtensa.Operand;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Emits the bytecode of one block: the operations of {@link Interpreter}, on local variables. */
final class BlockTranslator {
  /** Addresses a jump through a register tries before it looks in the list of all entries. */
  private static final int MAX_TRIED = 4;

  private final Translator translator;
  private final Region region;
  private final Block block;
  private final MethodVisitor method;
  private final Emitter emit;
  private final ArithmeticEmitter arithmetic;
  private final ShiftEmitter shifts;
  private final AccessEmitter accesses;

  /** Where to leave behind an instruction, by its index. */
  private final Map<Integer, Label> leaving = new LinkedHashMap<>();

  BlockTranslator(Translator translator, Region region, Block block, MethodVisitor method) {
    this.translator = translator;
    this.region = region;
    this.block = block;
    this.method = method;
    emit = new Emitter(method);
    arithmetic = new ArithmeticEmitter(emit);
    shifts = new ShiftEmitter(emit);
    accesses = new AccessEmitter(translator, region, block, emit);
  }

  void translate() {
    for (int i = 0; i < block.code.length; i++) {
      if (!goesOn(block.code[i], i)) {
        last(block.code[i], i);
        break;
      }
    }
    leaving.forEach(
        (index, label) -> {
          method.visitLabel(label);
          method.visitIincInsn(LEFT_SLOT, block.length - index - 1);
          translator.leave(block.address(index + 1));
        });
  }

  /** Emits an operation behind which the block goes on; false if this is none. */
  private boolean goesOn(long w, int index) {
    if (Op.op(w) == Op.UNIT) {
      unit(index);
      return true;
    }
    return arithmetic.emit(w) || shifts.emit(w) || accesses.emit(w, index);
  }

  /** The operation that ends the block. */
  private void last(long w, int index) {
    int s = Op.s(w);
    switch (Op.op(w)) {
      case Op.J -> translator.go(block.target);
      case Op.CALL0 -> {
        emit.constant(block.end);
        emit.set(0);
        translator.go(block.target);
      }
      case Op.JX -> {
        emit.get(s);
        method.visitVarInsn(Opcodes.ISTORE, TARGET_SLOT);
        goToObserved();
        translator.goToTarget();
      }
      case Op.CALLX0 -> {
        emit.get(s);
        method.visitVarInsn(Opcodes.ISTORE, TARGET_SLOT);
        emit.constant(block.end);
        emit.set(0);
        goToObserved();
        translator.goToTarget();
      }
      case Op.LOOP, Op.LOOPNEZ, Op.LOOPGTZ -> loop(w);
      case Op.UNIT_END -> {
        translator.storeAll();
        callUnit(index);
        method.visitVarInsn(Opcodes.ISTORE, TARGET_SLOT);
        translator.leaveStored();
      }
      case Op.END -> fallThrough();
      default -> branch(w);
    }
  }

  /** Tries where the jump has gone before. */
  private void goToObserved() {
    int tried = 0;
    for (int address : block.observed()) {
      Label label = translator.label(address);
      if (label != null && tried++ < MAX_TRIED) {
        method.visitVarInsn(Opcodes.ILOAD, TARGET_SLOT);
        emit.constant(address);
        method.visitJumpInsn(Opcodes.IF_ICMPEQ, label);
      }
    }
  }

  private void loop(long w) {
    int s = Op.s(w);
    emit.support();
    emit.get(s);
    emit.constant(block.end);
    emit.constant(block.target);
    emit.callSupport("startLoop", "(III)V");
    if (Op.op(w) != Op.LOOP) {
      Label runs = new Label();
      emit.get(s);
      method.visitJumpInsn(Op.op(w) == Op.LOOPNEZ ? Opcodes.IFNE : Opcodes.IFGT, runs);
      translator.go(block.target);
      method.visitLabel(runs);
    }
    translator.go(block.end);
  }

  private void branch(long w) {
    Label taken = new Label();
    new Branches(emit).emit(w, taken);
    fallThrough();
    method.visitLabel(taken);
    if (block.target == block.end) {
      fallThrough();
    } else {
      translator.go(block.target);
    }
  }

  /** Control comes to the end of the block, which may be the end of a zero-overhead loop. */
  private void fallThrough() {
    if (block.loopEnd) {
      Label on = new Label();
      emit.support();
      emit.constant(block.end);
      emit.callSupport("loopsBack", "(I)Z");
      method.visitJumpInsn(Opcodes.IFEQ, on);
      loopBack();
      method.visitLabel(on);
    }
    translator.go(block.end);
  }

  /** Most loops begin behind a loop instruction of this region that names this end. */
  private void loopBack() {
    for (Block other : region.blocks.values()) {
      boolean starts = other.target == block.end && other.lastFlow() == Flow.LOOP;
      if (starts && translator.label(other.end) != null) {
        method.visitVarInsn(Opcodes.ALOAD, STATE_SLOT);
        method.visitFieldInsn(Opcodes.GETFIELD, STATE, "lbeg", "I");
        emit.constant(other.end);
        method.visitJumpInsn(Opcodes.IF_ICMPEQ, translator.label(other.end));
      }
    }
    method.visitVarInsn(Opcodes.ALOAD, STATE_SLOT);
    method.visitFieldInsn(Opcodes.GETFIELD, STATE, "lbeg", "I");
    method.visitVarInsn(Opcodes.ISTORE, TARGET_SLOT);
    translator.goToTarget();
  }

  private void leaveIfAsked(int index) {
    method.visitVarInsn(Opcodes.ALOAD, STATE_SLOT);
    method.visitFieldInsn(Opcodes.GETFIELD, STATE, "leave", "Z");
    method.visitJumpInsn(Opcodes.IFNE, leaving.computeIfAbsent(index, i -> new Label()));
  }

  /** Units see the registers an instruction names in the array. */
  private void unit(int index) {
    shifts.forgetSar();
    Instruction instruction = block.instructions[index];
    for (int i = 0; i < instruction.opcode().operands().size(); i++) {
      if (instruction.opcode().operands().get(i).kind() == Operand.Kind.ADDRESS) {
        translator.store(instruction.operand(i));
      }
    }
    callUnit(index);
    method.visitInsn(Opcodes.POP);
    for (int i = 0; i < instruction.opcode().operands().size(); i++) {
      if (instruction.opcode().operands().get(i).kind() == Operand.Kind.ADDRESS
          && instruction.opcode().access(i) != Access.READ) {
        translator.reload(instruction.operand(i));
      }
    }
    leaveIfAsked(index);
  }

  private void callUnit(int index) {
    emit.support();
    method.visitVarInsn(Opcodes.ILOAD, LEFT_SLOT);
    emit.constant(region.addSite(block, index));
    emit.callSupport("unit", "(II)I");
  }
}

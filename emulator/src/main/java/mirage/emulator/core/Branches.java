// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Emits the conditions of conditional branches. */
final class Branches {
  private final Emitter emit;
  private final MethodVisitor method;

  Branches(Emitter emit) {
    this.emit = emit;
    this.method = emit.method;
  }

  /** Jumps to {@code taken} if the branch is taken. */
  void emit(long w, Label taken) {
    switch (Op.op(w)) {
      case Op.BEQZ -> zero(Opcodes.IFEQ, w, taken);
      case Op.BNEZ -> zero(Opcodes.IFNE, w, taken);
      case Op.BGEZ -> zero(Opcodes.IFGE, w, taken);
      case Op.BLTZ -> zero(Opcodes.IFLT, w, taken);
      case Op.BEQ -> registers(Opcodes.IF_ICMPEQ, w, taken);
      case Op.BNE -> registers(Opcodes.IF_ICMPNE, w, taken);
      case Op.BGE -> registers(Opcodes.IF_ICMPGE, w, taken);
      case Op.BLT -> registers(Opcodes.IF_ICMPLT, w, taken);
      case Op.BGEU -> unsigned(Opcodes.IF_ICMPGE, w, taken);
      case Op.BLTU -> unsigned(Opcodes.IF_ICMPLT, w, taken);
      case Op.BEQI -> immediate(Opcodes.IF_ICMPEQ, w, taken);
      case Op.BNEI -> immediate(Opcodes.IF_ICMPNE, w, taken);
      case Op.BGEI -> immediate(Opcodes.IF_ICMPGE, w, taken);
      case Op.BLTI -> immediate(Opcodes.IF_ICMPLT, w, taken);
      case Op.BGEUI -> unsignedImmediate(Opcodes.IF_ICMPGE, w, taken);
      case Op.BLTUI -> unsignedImmediate(Opcodes.IF_ICMPLT, w, taken);
      default -> bits(w, taken);
    }
  }

  private void bits(long w, Label taken) {
    switch (Op.op(w)) {
      case Op.BANY -> mask(false, Opcodes.IFNE, w, taken);
      case Op.BNONE -> mask(false, Opcodes.IFEQ, w, taken);
      case Op.BALL -> mask(true, Opcodes.IFEQ, w, taken);
      case Op.BNALL -> mask(true, Opcodes.IFNE, w, taken);
      case Op.BBC -> bit(Opcodes.IFEQ, w, taken);
      case Op.BBS -> bit(Opcodes.IFNE, w, taken);
      case Op.BBCI -> bitConstant(Opcodes.IFEQ, w, taken);
      case Op.BBSI -> bitConstant(Opcodes.IFNE, w, taken);
      default -> throw new IllegalStateException("operation " + Op.op(w));
    }
  }

  private void zero(int jump, long w, Label taken) {
    emit.get(Op.s(w));
    method.visitJumpInsn(jump, taken);
  }

  private void registers(int jump, long w, Label taken) {
    emit.get(Op.s(w));
    emit.get(Op.t(w));
    method.visitJumpInsn(jump, taken);
  }

  private void immediate(int jump, long w, Label taken) {
    emit.get(Op.s(w));
    emit.constant(Op.immediate(w));
    method.visitJumpInsn(jump, taken);
  }

  /** Adding the smallest integer makes the order of unsigned numbers that of signed ones. */
  private void unsigned(int jump, long w, Label taken) {
    emit.get(Op.s(w));
    bias();
    emit.get(Op.t(w));
    bias();
    method.visitJumpInsn(jump, taken);
  }

  private void unsignedImmediate(int jump, long w, Label taken) {
    emit.get(Op.s(w));
    bias();
    emit.constant(Op.immediate(w) + Integer.MIN_VALUE);
    method.visitJumpInsn(jump, taken);
  }

  private void bias() {
    emit.constant(Integer.MIN_VALUE);
    method.visitInsn(Opcodes.IADD);
  }

  /** Compares s and t, or not s and t, with zero. */
  private void mask(boolean inverted, int jump, long w, Label taken) {
    emit.get(Op.s(w));
    if (inverted) {
      emit.constant(-1);
      method.visitInsn(Opcodes.IXOR);
    }
    emit.get(Op.t(w));
    method.visitInsn(Opcodes.IAND);
    method.visitJumpInsn(jump, taken);
  }

  private void bit(int jump, long w, Label taken) {
    emit.get(Op.s(w));
    emit.get(Op.t(w));
    method.visitInsn(Opcodes.IUSHR);
    emit.constant(1);
    method.visitInsn(Opcodes.IAND);
    method.visitJumpInsn(jump, taken);
  }

  private void bitConstant(int jump, long w, Label taken) {
    emit.get(Op.s(w));
    emit.constant(Op.immediate(w));
    method.visitInsn(Opcodes.IAND);
    method.visitJumpInsn(jump, taken);
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import static mirage.emulator.core.Emitter.BINARY;
import static mirage.emulator.core.Emitter.UNARY;
import static mirage.emulator.core.Translator.slot;

import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Sums, products, moves and other functions of registers and constants. */
final class ArithmeticEmitter {
  private static final String SEMANTICS = Type.getInternalName(Semantics.class);
  private static final String INTEGER = "java/lang/Integer";
  private static final String MATH = "java/lang/Math";

  private final Emitter emit;

  ArithmeticEmitter(Emitter emit) {
    this.emit = emit;
  }

  /** False if the operation is none of these. */
  boolean emit(long w) {
    int r = Op.r(w);
    int s = Op.s(w);
    int t = Op.t(w);
    switch (Op.op(w)) {
      case Op.ADD -> binary(Opcodes.IADD, r, s, t);
      case Op.SUB -> binary(Opcodes.ISUB, r, s, t);
      case Op.AND -> binary(Opcodes.IAND, r, s, t);
      case Op.OR -> binary(Opcodes.IOR, r, s, t);
      case Op.XOR -> binary(Opcodes.IXOR, r, s, t);
      case Op.MULL -> binary(Opcodes.IMUL, r, s, t);
      case Op.ADDX2 -> scaled(Opcodes.IADD, 1, r, s, t);
      case Op.ADDX4 -> scaled(Opcodes.IADD, 2, r, s, t);
      case Op.ADDX8 -> scaled(Opcodes.IADD, 3, r, s, t);
      case Op.SUBX2 -> scaled(Opcodes.ISUB, 1, r, s, t);
      case Op.SUBX4 -> scaled(Opcodes.ISUB, 2, r, s, t);
      case Op.SUBX8 -> scaled(Opcodes.ISUB, 3, r, s, t);
      case Op.NEG -> {
        emit.get(t);
        emit.method.visitInsn(Opcodes.INEG);
        emit.set(r);
      }
      default -> {
        return moves(w) || functions(w);
      }
    }
    return true;
  }

  private boolean moves(long w) {
    int r = Op.r(w);
    int s = Op.s(w);
    int t = Op.t(w);
    int immediate = Op.immediate(w);
    switch (Op.op(w)) {
      case Op.ADDI -> {
        if (r == s && immediate >= Short.MIN_VALUE && immediate <= Short.MAX_VALUE) {
          emit.method.visitIincInsn(slot(r), immediate);
        } else {
          emit.address(s, immediate);
          emit.set(r);
        }
      }
      case Op.MOVI -> {
        emit.constant(immediate);
        emit.set(r);
      }
      case Op.MOV -> {
        emit.get(s);
        emit.set(r);
      }
      case Op.MOVEQZ -> moveIf(Opcodes.IFNE, r, s, t);
      case Op.MOVNEZ -> moveIf(Opcodes.IFEQ, r, s, t);
      case Op.MOVLTZ -> moveIf(Opcodes.IFGE, r, s, t);
      case Op.MOVGEZ -> moveIf(Opcodes.IFLT, r, s, t);
      case Op.NOP -> {}
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean functions(long w) {
    int r = Op.r(w);
    int s = Op.s(w);
    int t = Op.t(w);
    switch (Op.op(w)) {
      case Op.ABS -> call(MATH, "abs", UNARY, r, t);
      case Op.MIN -> call(MATH, "min", BINARY, r, s, t);
      case Op.MAX -> call(MATH, "max", BINARY, r, s, t);
      case Op.MINU -> call(SEMANTICS, "minu", BINARY, r, s, t);
      case Op.MAXU -> call(SEMANTICS, "maxu", BINARY, r, s, t);
      case Op.MULUH -> call(SEMANTICS, "muluh", BINARY, r, s, t);
      case Op.MULSH -> call(SEMANTICS, "mulsh", BINARY, r, s, t);
      case Op.NSA -> call(SEMANTICS, "nsa", UNARY, r, s);
      case Op.NSAU -> call(INTEGER, "numberOfLeadingZeros", UNARY, r, s);
      case Op.CLAMPS -> {
        emit.get(s);
        emit.constant(Op.k(w));
        emit.invoke(SEMANTICS, "clamps", BINARY);
        emit.set(r);
      }
      case Op.SEXT -> {
        emit.shift(Opcodes.ISHL, s, Op.k(w));
        emit.constant(Op.k(w));
        emit.method.visitInsn(Opcodes.ISHR);
        emit.set(r);
      }
      case Op.MUL16U -> {
        half(s, Opcodes.I2C);
        half(t, Opcodes.I2C);
        emit.method.visitInsn(Opcodes.IMUL);
        emit.set(r);
      }
      case Op.MUL16S -> {
        half(s, Opcodes.I2S);
        half(t, Opcodes.I2S);
        emit.method.visitInsn(Opcodes.IMUL);
        emit.set(r);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void binary(int operation, int r, int s, int t) {
    emit.get(s);
    emit.get(t);
    emit.method.visitInsn(operation);
    emit.set(r);
  }

  private void scaled(int operation, int amount, int r, int s, int t) {
    emit.shift(Opcodes.ISHL, s, amount);
    emit.get(t);
    emit.method.visitInsn(operation);
    emit.set(r);
  }

  private void half(int register, int conversion) {
    emit.get(register);
    emit.method.visitInsn(conversion);
  }

  private void call(String owner, String name, String descriptor, int r, int... arguments) {
    for (int argument : arguments) {
      emit.get(argument);
    }
    emit.invoke(owner, name, descriptor);
    emit.set(r);
  }

  private void moveIf(int otherwise, int r, int s, int t) {
    Label end = new Label();
    emit.get(t);
    emit.method.visitJumpInsn(otherwise, end);
    emit.get(s);
    emit.set(r);
    emit.method.visitLabel(end);
  }
}

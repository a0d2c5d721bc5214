// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import static mirage.emulator.core.Emitter.BINARY;
import static mirage.emulator.core.Emitter.TERNARY;
import static mirage.emulator.core.Translator.STATE;
import static mirage.emulator.core.Translator.STATE_SLOT;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Shifts, and their amount SAR. */
final class ShiftEmitter {
  private static final int UNKNOWN = -1;
  private static final String SEMANTICS = Type.getInternalName(Semantics.class);

  private final Emitter emit;

  /** What SAR holds, as far as the block has set it to a constant. */
  private int knownSar = UNKNOWN;

  ShiftEmitter(Emitter emit) {
    this.emit = emit;
  }

  /** Something else may have set SAR. */
  void forgetSar() {
    knownSar = UNKNOWN;
  }

  /** False if the operation is none of these. */
  boolean emit(long w) {
    int r = Op.r(w);
    int s = Op.s(w);
    int t = Op.t(w);
    int k = Op.k(w);
    switch (Op.op(w)) {
      case Op.EXTUI -> {
        emit.shift(Opcodes.IUSHR, t, k);
        emit.constant(Op.immediate(w));
        emit.method.visitInsn(Opcodes.IAND);
        emit.set(r);
      }
      case Op.SLLI -> {
        if (k < Integer.SIZE) {
          emit.shift(Opcodes.ISHL, s, k);
        } else {
          emit.constant(0);
        }
        emit.set(r);
      }
      case Op.SRAI -> {
        emit.shift(Opcodes.ISHR, t, k);
        emit.set(r);
      }
      case Op.SRLI -> {
        emit.shift(Opcodes.IUSHR, t, k);
        emit.set(r);
      }
      case Op.SLL -> bySar("sll", r, s);
      case Op.SRL -> bySar("srl", r, t);
      case Op.SRA -> bySar("sra", r, t);
      case Op.SRC -> {
        if (knownSar > 0) {
          emit.shift(Opcodes.IUSHR, t, knownSar);
          emit.shift(Opcodes.ISHL, s, Integer.SIZE - knownSar);
          emit.method.visitInsn(Opcodes.IOR);
        } else {
          emit.get(s);
          emit.get(t);
          sar();
          emit.invoke(SEMANTICS, "src", TERNARY);
        }
        emit.set(r);
      }
      default -> {
        return setSar(w);
      }
    }
    return true;
  }

  private boolean setSar(long w) {
    int s = Op.s(w);
    switch (Op.op(w)) {
      case Op.SSR -> amount(s, false, false);
      case Op.SSL -> amount(s, false, true);
      case Op.SSA8L -> amount(s, true, false);
      case Op.SSA8B -> amount(s, true, true);
      case Op.SSAI -> {
        emit.method.visitVarInsn(Opcodes.ALOAD, STATE_SLOT);
        emit.constant(Op.k(w));
        emit.method.visitFieldInsn(Opcodes.PUTFIELD, STATE, "sar", "I");
        knownSar = Op.k(w);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Sets SAR from a register: bits or bytes, to the right or to the left. */
  private void amount(int register, boolean bytes, boolean left) {
    knownSar = UNKNOWN;
    emit.method.visitVarInsn(Opcodes.ALOAD, STATE_SLOT);
    if (left) {
      emit.constant(32);
    }
    emit.get(register);
    emit.constant(bytes ? 3 : 31);
    emit.method.visitInsn(Opcodes.IAND);
    if (bytes) {
      emit.constant(3);
      emit.method.visitInsn(Opcodes.ISHL);
    }
    if (left) {
      emit.method.visitInsn(Opcodes.ISUB);
    }
    emit.method.visitFieldInsn(Opcodes.PUTFIELD, STATE, "sar", "I");
  }

  private void bySar(String name, int r, int source) {
    emit.get(source);
    sar();
    emit.invoke(SEMANTICS, name, BINARY);
    emit.set(r);
  }

  private void sar() {
    emit.method.visitVarInsn(Opcodes.ALOAD, STATE_SLOT);
    emit.method.visitFieldInsn(Opcodes.GETFIELD, STATE, "sar", "I");
  }
}

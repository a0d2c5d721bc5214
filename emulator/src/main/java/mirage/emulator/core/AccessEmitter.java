// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import static mirage.emulator.core.Emitter.BINARY;
import static mirage.emulator.core.Translator.LEFT_SLOT;

import java.util.OptionalInt;
import org.objectweb.asm.Opcodes;

/** Operations that may raise an exception: loads, stores, divisions. */
final class AccessEmitter {
  private static final String INTEGER = "java/lang/Integer";

  private final Translator translator;
  private final Region region;
  private final Block block;
  private final Emitter emit;

  AccessEmitter(Translator translator, Region region, Block block, Emitter emit) {
    this.translator = translator;
    this.region = region;
    this.block = block;
    this.emit = emit;
  }

  /** False if the operation is none of these. */
  boolean emit(long w, int index) {
    switch (Op.op(w)) {
      case Op.L8UI -> load("load8", w, index);
      case Op.L16UI, Op.L16SI -> load("load16", w, index);
      case Op.L32I -> load("load32", w, index);
      case Op.L32R -> literal(w, index);
      case Op.S8I -> store("store8", w, index);
      case Op.S16I -> store("store16", w, index);
      case Op.S32I -> store("store32", w, index);
      case Op.QUOU -> divide(w, index, () -> emit.invoke(INTEGER, "divideUnsigned", BINARY));
      case Op.REMU -> divide(w, index, () -> emit.invoke(INTEGER, "remainderUnsigned", BINARY));
      case Op.QUOS -> divide(w, index, () -> emit.method.visitInsn(Opcodes.IDIV));
      case Op.REMS -> divide(w, index, () -> emit.method.visitInsn(Opcodes.IREM));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void load(String name, long w, int index) {
    emit.support();
    if (Op.op(w) == Op.L32R) {
      emit.constant(Op.immediate(w));
    } else {
      emit.address(Op.s(w), Op.immediate(w));
    }
    access(name, "(III)I", index);
    if (Op.op(w) == Op.L16SI) {
      emit.method.visitInsn(Opcodes.I2S);
    }
    emit.set(Op.t(w));
  }

  /** Literals of code in flash cannot change under the region. */
  private void literal(long w, int index) {
    OptionalInt value = translator.constant(Op.immediate(w));
    if (value.isEmpty()) {
      load("load32", w, index);
      return;
    }
    region.literals.add(Op.immediate(w));
    emit.constant(value.getAsInt());
    emit.set(Op.t(w));
  }

  private void store(String name, long w, int index) {
    emit.support();
    emit.address(Op.s(w), Op.immediate(w));
    emit.get(Op.t(w));
    access(name, "(IIII)V", index);
  }

  private void access(String name, String descriptor, int index) {
    emit.method.visitVarInsn(Opcodes.ILOAD, LEFT_SLOT);
    emit.constant(region.addSite(block, index));
    emit.callSupport(name, descriptor);
  }

  private void divide(long w, int index, Runnable operation) {
    emit.get(Op.s(w));
    emit.support();
    emit.get(Op.t(w));
    access("divisor", "(III)I", index);
    operation.run();
    emit.set(Op.r(w));
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import static mirage.emulator.core.Translator.slot;

import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The few bytecodes all operations are made of. */
final class Emitter {
  static final String UNARY = "(I)I";
  static final String BINARY = "(II)I";
  static final String TERNARY = "(III)I";

  static final String SUPPORT = Type.getInternalName(TranslationSupport.class);

  /** The constant a translation is loaded with. */
  static final ConstantDynamic SUPPORT_CONSTANT =
      new ConstantDynamic(
          "_",
          Type.getDescriptor(TranslationSupport.class),
          new Handle(
              Opcodes.H_INVOKESTATIC,
              "java/lang/invoke/MethodHandles",
              "classData",
              "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;)Ljava/lang/Object;",
              false));

  final MethodVisitor method;

  Emitter(MethodVisitor method) {
    this.method = method;
  }

  /** Pushes a register. */
  void get(int register) {
    method.visitVarInsn(Opcodes.ILOAD, slot(register));
  }

  /** Pops into a register. */
  void set(int register) {
    method.visitVarInsn(Opcodes.ISTORE, slot(register));
  }

  /** Pushes a constant the shortest way. */
  void constant(int value) {
    if (value >= -1 && value <= 5) {
      method.visitInsn(Opcodes.ICONST_0 + value);
    } else if (value == (byte) value) {
      method.visitIntInsn(Opcodes.BIPUSH, value);
    } else if (value == (short) value) {
      method.visitIntInsn(Opcodes.SIPUSH, value);
    } else {
      method.visitLdcInsn(value);
    }
  }

  /** Pushes a register and a constant's sum. */
  void address(int base, int offset) {
    get(base);
    if (offset != 0) {
      constant(offset);
      method.visitInsn(Opcodes.IADD);
    }
  }

  /** Pushes a register shifted by a constant. */
  void shift(int operation, int register, int amount) {
    get(register);
    constant(amount);
    method.visitInsn(operation);
  }

  /** Pushes the {@link TranslationSupport}. */
  void support() {
    method.visitLdcInsn(SUPPORT_CONSTANT);
  }

  /** Calls a method of the {@link TranslationSupport} pushed before its arguments. */
  void callSupport(String name, String descriptor) {
    method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, SUPPORT, name, descriptor, false);
  }

  /** Calls a static method on what has been pushed. */
  void invoke(String owner, String name, String descriptor) {
    method.visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
  }
}

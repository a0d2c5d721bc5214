// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.ATHROW;
import static org.objectweb.asm.Opcodes.BIPUSH;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.IALOAD;
import static org.objectweb.asm.Opcodes.IASTORE;
import static org.objectweb.asm.Opcodes.IFLT;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.ISTORE;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.V17;

import java.lang.invoke.MethodHandles;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import mirage.emulator.bus.AddressSpace;
import mirage.xtensa.Instruction;
import mirage.xtensa.Operand;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * Turns a region into a class: one method in which the registers it uses are local variables and
 * each block is a label. Counts of instructions are those of interpretation.
 */
final class Translator {
  static final String STATE = Type.getInternalName(State.class);

  /** Where control is to go next. */
  static final int TARGET_SLOT = 1;

  /** Cycles left behind the present block. */
  static final int LEFT_SLOT = 2;

  static final int STATE_SLOT = 3;

  private static final int REGISTERS_SLOT = 4;
  private static final int FIRST_REGISTER_SLOT = 5;
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private final Region region;
  private final AddressSpace space;
  private final MethodVisitor method;
  private final int used;
  private final Map<Integer, Label> labels = new HashMap<>();

  /** Goes to the entry at TARGET, or leaves if there is none. */
  private final Label dispatch = new Label();

  /** Leaves to TARGET. */
  private final Label exit = new Label();

  /** Leaves to TARGET; registers have been stored. */
  private final Label exitStored = new Label();

  private Translator(Region region, AddressSpace space, MethodVisitor method) {
    this.space = space;
    this.region = region;
    this.method = method;
    this.used = usedRegisters(region);
    region.blocks.keySet().forEach(start -> labels.put(start, new Label()));
  }

  /** Translates a region and loads the class. */
  static Translation translate(Region region, TranslationSupport support) {
    String name = Type.getInternalName(Translator.class) + "$Region";
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES | ClassWriter.COMPUTE_MAXS);
    String translation = Type.getInternalName(Translation.class);
    writer.visit(V17, ACC_FINAL, name, null, translation, null);
    MethodVisitor constructor = writer.visitMethod(0, "<init>", "()V", null, null);
    constructor.visitCode();
    constructor.visitVarInsn(ALOAD, 0);
    constructor.visitMethodInsn(INVOKESPECIAL, translation, "<init>", "()V", false);
    constructor.visitInsn(RETURN);
    constructor.visitMaxs(0, 0);
    constructor.visitEnd();
    String descriptor = Type.getMethodDescriptor(Translation.class.getDeclaredMethods()[0]);
    MethodVisitor run = writer.visitMethod(0, "run", descriptor, null, null);
    new Translator(region, support.space(), run).method();
    writer.visitEnd();
    return load(writer.toByteArray(), support);
  }

  private static Translation load(byte[] bytes, TranslationSupport support) {
    try {
      MethodHandles.Lookup hidden = LOOKUP.defineHiddenClassWithClassData(bytes, support, true);
      return (Translation) hidden.lookupClass().getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a translated region does not load", e);
    }
  }

  private void method() {
    Label start = new Label();
    Label end = new Label();
    Label handler = new Label();
    method.visitCode();
    method.visitVarInsn(ALOAD, STATE_SLOT);
    method.visitFieldInsn(GETFIELD, STATE, "a", "[I");
    method.visitVarInsn(ASTORE, REGISTERS_SLOT);
    for (int i = 0; i < 16; i++) {
      if (isUsed(i)) {
        reload(i);
      }
    }
    method.visitTryCatchBlock(start, end, handler, null);
    method.visitLabel(start);
    dispatch();
    for (Block block : region.blocks.values()) {
      block(block);
    }
    method.visitLabel(end);
    method.visitLabel(handler);
    storeAll();
    method.visitInsn(ATHROW);
    exits();
    method.visitMaxs(0, 0);
    method.visitEnd();
  }

  private void dispatch() {
    method.visitLabel(dispatch);
    method.visitVarInsn(ILOAD, TARGET_SLOT);
    int[] keys = region.entries.stream().mapToInt(Integer::intValue).sorted().toArray();
    Label[] targets = new Label[keys.length];
    for (int i = 0; i < keys.length; i++) {
      targets[i] = labels.get(keys[i]);
    }
    method.visitLookupSwitchInsn(exit, keys, targets);
  }

  private void block(Block block) {
    Label tooLong = new Label();
    method.visitLabel(labels.get(block.start));
    method.visitIincInsn(LEFT_SLOT, -block.length);
    method.visitVarInsn(ILOAD, LEFT_SLOT);
    method.visitJumpInsn(IFLT, tooLong);
    new BlockTranslator(this, region, block, method).translate();
    method.visitLabel(tooLong);
    method.visitIincInsn(LEFT_SLOT, block.length);
    leave(block.start);
  }

  private void exits() {
    method.visitLabel(exit);
    storeAll();
    method.visitLabel(exitStored);
    method.visitLdcInsn(Emitter.SUPPORT_CONSTANT);
    method.visitVarInsn(ILOAD, LEFT_SLOT);
    method.visitMethodInsn(INVOKEVIRTUAL, Emitter.SUPPORT, "leave", "(I)V", false);
    method.visitVarInsn(ILOAD, TARGET_SLOT);
    method.visitInsn(IRETURN);
  }

  /** Goes to an address that is known now. */
  void go(int target) {
    Label label = labels.get(target);
    if (label != null) {
      method.visitJumpInsn(GOTO, label);
    } else {
      leave(target);
    }
  }

  /** A word that does not change as long as the region is valid. */
  OptionalInt constant(int address) {
    return space.constant(address);
  }

  /** The label of a block, or null if it is not in the region. */
  Label label(int address) {
    return labels.get(address);
  }

  /** Goes to the address in TARGET. */
  void goToTarget() {
    method.visitJumpInsn(GOTO, dispatch);
  }

  /** Leaves the region to an address that is known now. */
  void leave(int target) {
    method.visitLdcInsn(target);
    method.visitVarInsn(ISTORE, TARGET_SLOT);
    method.visitJumpInsn(GOTO, exit);
  }

  /** Leaves the region to the address in TARGET, with registers as a unit left them. */
  void leaveStored() {
    method.visitJumpInsn(GOTO, exitStored);
  }

  /** The local variable of an address register. */
  static int slot(int register) {
    return FIRST_REGISTER_SLOT + register;
  }

  /** Stores a register where units find it. */
  void store(int register) {
    method.visitVarInsn(ALOAD, REGISTERS_SLOT);
    method.visitIntInsn(BIPUSH, register);
    method.visitVarInsn(ILOAD, slot(register));
    method.visitInsn(IASTORE);
  }

  void reload(int register) {
    method.visitVarInsn(ALOAD, REGISTERS_SLOT);
    method.visitIntInsn(BIPUSH, register);
    method.visitInsn(IALOAD);
    method.visitVarInsn(ISTORE, slot(register));
  }

  void storeAll() {
    for (int i = 0; i < 16; i++) {
      if (isUsed(i)) {
        store(i);
      }
    }
  }

  private boolean isUsed(int register) {
    return (used >>> register & 1) != 0;
  }

  private static int usedRegisters(Region region) {
    int used = 0;
    for (Block block : region.blocks.values()) {
      for (Instruction i : block.instructions) {
        for (int n = 0; n < i.opcode().operands().size(); n++) {
          if (i.opcode().operands().get(n).kind() == Operand.Kind.ADDRESS) {
            used |= 1 << i.operand(n);
          }
        }
        used |= 1;
      }
    }
    return used;
  }
}

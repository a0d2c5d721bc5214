// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import static mirage.emulator.core.Translator.LEFT_SLOT;
import static mirage.emulator.core.Translator.STATE;
import static mirage.emulator.core.Translator.STATE_SLOT;
import static mirage.emulator.core.Translator.TARGET_SLOT;
import static mirage.emulator.core.Translator.UNITS_SLOT;
import static mirage.emulator.core.Translator.slot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import mirage.xtensa.Flow;
import mirage.xtensa.Instruction;
import mirage.xtensa.Opcode.Access;
import mirage.xtensa.Operand;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Emits the bytecode of one block: the operations of {@link Interpreter}, on local variables. */
final class BlockTranslator {
  /** Addresses a jump through a register tries before it looks in the list of all entries. */
  private static final int MAX_TRIED = 4;

  private static final int UNKNOWN = -1;
  private static final String SUPPORT = Type.getInternalName(TranslationSupport.class);
  private static final String SEMANTICS = Type.getInternalName(Semantics.class);
  private static final String INTEGER = "java/lang/Integer";
  private static final String MATH = "java/lang/Math";
  private static final String MEMORY = Type.getInternalName(TranslatedMemory.class);

  /** The constant a translation is loaded with. */
  private static final ConstantDynamic MEMORY_CONSTANT =
      new ConstantDynamic(
          "_",
          Type.getDescriptor(TranslatedMemory.class),
          new Handle(
              Opcodes.H_INVOKESTATIC,
              "java/lang/invoke/MethodHandles",
              "classData",
              "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;)Ljava/lang/Object;",
              false));

  private static final String STATE_TYPE = Type.getDescriptor(State.class);
  private static final String UNITS_TYPE = Type.getDescriptor(Units.class);
  private static final String UNARY = "(I)I";
  private static final String BINARY = "(II)I";
  private static final String TERNARY = "(III)I";

  private final Translator translator;
  private final Region region;
  private final Block block;
  private final MethodVisitor method;

  /** What SAR holds, as far as the block has set it to a constant. */
  private int knownSar = UNKNOWN;

  /** Where to leave behind an instruction, by its index. */
  private final Map<Integer, Label> leaving = new LinkedHashMap<>();

  BlockTranslator(Translator translator, Region region, Block block, MethodVisitor method) {
    this.translator = translator;
    this.region = region;
    this.block = block;
    this.method = method;
  }

  void translate() {
    for (int i = 0; i < block.code.length; i++) {
      if (!arithmetic(block.code[i], i)) {
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

  /** Operations after which the block goes on; false if this is none. */
  private boolean arithmetic(long w, int index) {
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
        get(t);
        method.visitInsn(Opcodes.INEG);
        set(r);
      }
      default -> {
        return moves(w) || functions(w) || shifts(w) || accesses(w, index);
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
          method.visitIincInsn(slot(r), immediate);
        } else {
          address(s, immediate);
          set(r);
        }
      }
      case Op.MOVI -> {
        constant(immediate);
        set(r);
      }
      case Op.MOV -> {
        get(s);
        set(r);
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
        get(s);
        constant(Op.k(w));
        invoke(SEMANTICS, "clamps", BINARY);
        set(r);
      }
      case Op.SEXT -> {
        shift(Opcodes.ISHL, s, Op.k(w));
        constant(Op.k(w));
        method.visitInsn(Opcodes.ISHR);
        set(r);
      }
      case Op.MUL16U -> {
        half(s, Opcodes.I2C);
        half(t, Opcodes.I2C);
        method.visitInsn(Opcodes.IMUL);
        set(r);
      }
      case Op.MUL16S -> {
        half(s, Opcodes.I2S);
        half(t, Opcodes.I2S);
        method.visitInsn(Opcodes.IMUL);
        set(r);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean shifts(long w) {
    int r = Op.r(w);
    int s = Op.s(w);
    int t = Op.t(w);
    int k = Op.k(w);
    switch (Op.op(w)) {
      case Op.EXTUI -> {
        shift(Opcodes.IUSHR, t, k);
        constant(Op.immediate(w));
        method.visitInsn(Opcodes.IAND);
        set(r);
      }
      case Op.SLLI -> {
        if (k < Integer.SIZE) {
          shift(Opcodes.ISHL, s, k);
        } else {
          constant(0);
        }
        set(r);
      }
      case Op.SRAI -> {
        shift(Opcodes.ISHR, t, k);
        set(r);
      }
      case Op.SRLI -> {
        shift(Opcodes.IUSHR, t, k);
        set(r);
      }
      case Op.SSR -> amount(s, false, false);
      case Op.SSL -> amount(s, false, true);
      case Op.SSA8L -> amount(s, true, false);
      case Op.SSA8B -> amount(s, true, true);
      case Op.SSAI -> {
        method.visitVarInsn(Opcodes.ALOAD, STATE_SLOT);
        constant(k);
        method.visitFieldInsn(Opcodes.PUTFIELD, STATE, "sar", "I");
        knownSar = k;
      }
      case Op.SLL -> bySar("sll", r, s);
      case Op.SRL -> bySar("srl", r, t);
      case Op.SRA -> bySar("sra", r, t);
      case Op.SRC -> {
        if (knownSar > 0) {
          shift(Opcodes.IUSHR, t, knownSar);
          shift(Opcodes.ISHL, s, Integer.SIZE - knownSar);
          method.visitInsn(Opcodes.IOR);
        } else {
          get(s);
          get(t);
          sar();
          invoke(SEMANTICS, "src", TERNARY);
        }
        set(r);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean accesses(long w, int index) {
    switch (Op.op(w)) {
      case Op.L8UI -> load("load8", w, index);
      case Op.L16UI, Op.L16SI -> load("load16", w, index);
      case Op.L32I -> load("load32", w, index);
      case Op.L32R -> literal(w, index);
      case Op.S8I -> store("store8", w, index);
      case Op.S16I -> store("store16", w, index);
      case Op.S32I -> store("store32", w, index);
      case Op.QUOU -> divide(w, index, () -> invoke(INTEGER, "divideUnsigned", BINARY));
      case Op.REMU -> divide(w, index, () -> invoke(INTEGER, "remainderUnsigned", BINARY));
      case Op.QUOS -> divide(w, index, () -> method.visitInsn(Opcodes.IDIV));
      case Op.REMS -> divide(w, index, () -> method.visitInsn(Opcodes.IREM));
      case Op.UNIT -> unit(index);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** The operation that ends the block. */
  private void last(long w, int index) {
    int s = Op.s(w);
    switch (Op.op(w)) {
      case Op.J -> translator.go(block.target);
      case Op.CALL0 -> {
        constant(block.end);
        set(0);
        translator.go(block.target);
      }
      case Op.JX -> {
        get(s);
        method.visitVarInsn(Opcodes.ISTORE, TARGET_SLOT);
        goToObserved();
        translator.goToTarget();
      }
      case Op.CALLX0 -> {
        get(s);
        method.visitVarInsn(Opcodes.ISTORE, TARGET_SLOT);
        constant(block.end);
        set(0);
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
        constant(address);
        method.visitJumpInsn(Opcodes.IF_ICMPEQ, label);
      }
    }
  }

  private void loop(long w) {
    int s = Op.s(w);
    get(s);
    constant(block.end);
    constant(block.target);
    method.visitVarInsn(Opcodes.ALOAD, STATE_SLOT);
    invoke(SUPPORT, "startLoop", "(III" + STATE_TYPE + ")V");
    if (Op.op(w) != Op.LOOP) {
      Label runs = new Label();
      get(s);
      method.visitJumpInsn(Op.op(w) == Op.LOOPNEZ ? Opcodes.IFNE : Opcodes.IFGT, runs);
      translator.go(block.target);
      method.visitLabel(runs);
    }
    translator.go(block.end);
  }

  private void branch(long w) {
    Label taken = new Label();
    new Branches(method).emit(w, taken);
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
      method.visitVarInsn(Opcodes.ALOAD, STATE_SLOT);
      constant(block.end);
      invoke(SUPPORT, "loopsBack", "(" + STATE_TYPE + "I)Z");
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
        constant(other.end);
        method.visitJumpInsn(Opcodes.IF_ICMPEQ, translator.label(other.end));
      }
    }
    method.visitVarInsn(Opcodes.ALOAD, STATE_SLOT);
    method.visitFieldInsn(Opcodes.GETFIELD, STATE, "lbeg", "I");
    method.visitVarInsn(Opcodes.ISTORE, TARGET_SLOT);
    translator.goToTarget();
  }

  private void load(String name, long w, int index) {
    method.visitLdcInsn(MEMORY_CONSTANT);
    if (Op.op(w) == Op.L32R) {
      constant(Op.immediate(w));
    } else {
      address(Op.s(w), Op.immediate(w));
    }
    access(name, "(III)I", index);
    if (Op.op(w) == Op.L16SI) {
      method.visitInsn(Opcodes.I2S);
    }
    set(Op.t(w));
  }

  /** Literals of code in flash cannot change under the region. */
  private void literal(long w, int index) {
    OptionalInt value = translator.constant(Op.immediate(w));
    if (value.isEmpty()) {
      load("load32", w, index);
      return;
    }
    region.literals.add(Op.immediate(w));
    constant(value.getAsInt());
    set(Op.t(w));
  }

  private void store(String name, long w, int index) {
    method.visitLdcInsn(MEMORY_CONSTANT);
    address(Op.s(w), Op.immediate(w));
    get(Op.t(w));
    access(name, "(IIII)V", index);
  }

  private void access(String name, String descriptor, int index) {
    method.visitVarInsn(Opcodes.ILOAD, LEFT_SLOT);
    constant(region.addSite(block, index));
    method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, MEMORY, name, descriptor, false);
  }

  private void leaveIfAsked(int index) {
    method.visitVarInsn(Opcodes.ALOAD, STATE_SLOT);
    method.visitFieldInsn(Opcodes.GETFIELD, STATE, "leave", "Z");
    method.visitJumpInsn(Opcodes.IFNE, leaving.computeIfAbsent(index, i -> new Label()));
  }

  private void divide(long w, int index, Runnable operation) {
    get(Op.s(w));
    get(Op.t(w));
    method.visitVarInsn(Opcodes.ALOAD, STATE_SLOT);
    method.visitVarInsn(Opcodes.ILOAD, LEFT_SLOT);
    constant(region.addSite(block, index));
    invoke(SUPPORT, "divisor", "(I" + STATE_TYPE + "II)I");
    operation.run();
    set(Op.r(w));
  }

  /** Units see the registers an instruction names in the array. */
  private void unit(int index) {
    knownSar = UNKNOWN;
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
    method.visitVarInsn(Opcodes.ALOAD, STATE_SLOT);
    method.visitVarInsn(Opcodes.ALOAD, UNITS_SLOT);
    method.visitVarInsn(Opcodes.ILOAD, LEFT_SLOT);
    constant(region.addSite(block, index));
    invoke(SUPPORT, "unit", "(" + STATE_TYPE + UNITS_TYPE + "II)I");
  }

  private void binary(int operation, int r, int s, int t) {
    get(s);
    get(t);
    method.visitInsn(operation);
    set(r);
  }

  private void scaled(int operation, int amount, int r, int s, int t) {
    shift(Opcodes.ISHL, s, amount);
    get(t);
    method.visitInsn(operation);
    set(r);
  }

  private void shift(int operation, int register, int amount) {
    get(register);
    constant(amount);
    method.visitInsn(operation);
  }

  private void half(int register, int conversion) {
    get(register);
    method.visitInsn(conversion);
  }

  private void call(String owner, String name, String descriptor, int r, int... arguments) {
    for (int argument : arguments) {
      get(argument);
    }
    invoke(owner, name, descriptor);
    set(r);
  }

  /** Sets SAR from a register: bits or bytes, to the right or to the left. */
  private void amount(int register, boolean bytes, boolean left) {
    knownSar = UNKNOWN;
    method.visitVarInsn(Opcodes.ALOAD, STATE_SLOT);
    if (left) {
      constant(32);
    }
    get(register);
    constant(bytes ? 3 : 31);
    method.visitInsn(Opcodes.IAND);
    if (bytes) {
      constant(3);
      method.visitInsn(Opcodes.ISHL);
    }
    if (left) {
      method.visitInsn(Opcodes.ISUB);
    }
    method.visitFieldInsn(Opcodes.PUTFIELD, STATE, "sar", "I");
  }

  private void bySar(String name, int r, int source) {
    get(source);
    sar();
    invoke(SEMANTICS, name, BINARY);
    set(r);
  }

  private void sar() {
    method.visitVarInsn(Opcodes.ALOAD, STATE_SLOT);
    method.visitFieldInsn(Opcodes.GETFIELD, STATE, "sar", "I");
  }

  private void moveIf(int otherwise, int r, int s, int t) {
    Label end = new Label();
    get(t);
    method.visitJumpInsn(otherwise, end);
    get(s);
    set(r);
    method.visitLabel(end);
  }

  private void address(int base, int offset) {
    get(base);
    if (offset != 0) {
      constant(offset);
      method.visitInsn(Opcodes.IADD);
    }
  }

  private void get(int register) {
    method.visitVarInsn(Opcodes.ILOAD, slot(register));
  }

  private void set(int register) {
    method.visitVarInsn(Opcodes.ISTORE, slot(register));
  }

  private void constant(int value) {
    Branches.constant(method, value);
  }

  private void invoke(String owner, String name, String descriptor) {
    method.visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
  }
}

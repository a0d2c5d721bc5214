// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import mirage.xtensa.CodeBuffer;
import mirage.xtensa.Flow;
import mirage.xtensa.Label;
import mirage.xtensa.Opcode;
import mirage.xtensa.Operand;
import mirage.xtensa.Option;
import mirage.xtensa.SpecialRegister;

/**
 * A program of fragments. Each loads all registers from a block of memory of its own, runs random
 * instructions that may access a part of this block, and stores all registers there; at the end the
 * blocks are written to the host.
 *
 * <p>a1 points to the block and is never changed.
 */
final class RandomProgram {
  /** Layout of a block: inputs, which are memory for loads and stores afterwards, and results. */
  static final int BLOCK = 1024;

  private static final int FLOATS = 64;
  private static final int SPECIALS = 128;
  private static final int SCRATCH_SIZE = 256;
  private static final int RESULTS = 512;
  private static final int RESULT_FLOATS = RESULTS + FLOATS;

  private static final SpecialRegister[] CARRIED = {
    SpecialRegister.SAR,
    SpecialRegister.BR,
    SpecialRegister.ACCLO,
    SpecialRegister.ACCHI,
    SpecialRegister.M0,
    SpecialRegister.M1,
    SpecialRegister.M2,
    SpecialRegister.M3,
    SpecialRegister.LCOUNT,
    SpecialRegister.SCOMPARE1,
    SpecialRegister.EXCSAVE1,
    SpecialRegister.MISC0
  };

  private static final Set<Option> OPTIONS =
      EnumSet.complementOf(
          EnumSet.of(
              Option.WINDOW,
              Option.EXCEPTION,
              Option.INTERRUPT,
              Option.DEBUG,
              Option.REGION_PROTECTION,
              Option.EXTERNAL_REGISTERS,
              Option.GPIO));

  private final Random random;
  private final boolean hasFloats;
  private final List<Opcode> opcodes = new ArrayList<>();
  private final CodeBuffer code;
  private final Label blocks = new Label("blocks");

  RandomProgram(long seed, QemuCore core) {
    random = new Random(seed);
    code = new CodeBuffer(core.base());
    hasFloats = !core.lacking().contains(Opcode.ADD_S);
    for (Opcode opcode : Opcode.values()) {
      if (OPTIONS.contains(opcode.option())
          && !core.lacking().contains(opcode)
          && isUsable(opcode)) {
        opcodes.add(opcode);
      }
    }
  }

  /** The opcodes that may occur. */
  List<Opcode> opcodes() {
    return opcodes;
  }

  /** The program of {@code count} fragments with about {@code length} random instructions each. */
  byte[] build(int count, int length) {
    Label start = new Label("start");
    code.emit(Opcode.J, start);
    code.align(4);
    code.here("size");
    code.data(count * BLOCK, 4);
    code.here("first");
    code.address(blocks, 0);
    code.bind(start);
    code.emit(Opcode.MOVI, 2, 0);
    code.emit(Opcode.WSR, 2, SpecialRegister.PS.number());
    code.emit(Opcode.MOVI, 2, 255);
    code.emit(Opcode.WSR, 2, SpecialRegister.CPENABLE.number());
    code.emit(Opcode.RSYNC);
    for (int i = 0; i < count; i++) {
      fragment(i, length);
    }
    code.emit(Opcode.MOVI, 2, 4);
    code.emit(Opcode.MOVI, 3, 1);
    literal(4, blocks, 0);
    code.emit(Opcode.MOVI, 5, count);
    code.emit(Opcode.SLLI, 5, 5, 10);
    code.emit(Opcode.SIMCALL);
    code.emit(Opcode.MOVI, 2, 1);
    code.emit(Opcode.MOVI, 3, 0);
    code.emit(Opcode.SIMCALL);
    code.align(64);
    code.bind(blocks);
    for (int i = 0; i < count; i++) {
      block();
    }
    return code.bytes();
  }

  private void fragment(int index, int length) {
    literal(1, blocks, index * BLOCK);
    for (int i = 0; i < CARRIED.length; i++) {
      if (isCarried(CARRIED[i])) {
        code.emit(Opcode.L32I, 2, 1, SPECIALS + 4 * i);
        code.emit(Opcode.WSR, 2, CARRIED[i].number());
      }
    }
    for (int i = 0; i < 16; i++) {
      if (hasFloats) {
        code.emit(Opcode.LSI, i, 1, FLOATS + 4 * i);
      }
      if (i != 1) {
        code.emit(Opcode.L32I, i, 1, 4 * i);
      }
    }
    translationBoundary();
    for (int i = 0; i < length; i++) {
      random(opcodes.get(random.nextInt(opcodes.size())));
    }
    translationBoundary();
    for (int i = 0; i < 16; i++) {
      if (i != 1) {
        code.emit(Opcode.S32I, i, 1, RESULTS + 4 * i);
      }
      if (hasFloats) {
        code.emit(Opcode.SSI, i, 1, RESULT_FLOATS + 4 * i);
      }
    }
    for (int i = 0; i < CARRIED.length; i++) {
      if (isCarried(CARRIED[i])) {
        code.emit(Opcode.RSR, 2, CARRIED[i].number());
        code.emit(Opcode.S32I, 2, 1, RESULTS + SPECIALS + 4 * i);
      }
    }
  }

  /**
   * A jump to the next instruction. Within a translation block QEMU keeps BR and m0-m3 twice (what
   * one kind of instruction writes there, another does not see), and forgets that SAR can be 32.
   */
  private void translationBoundary() {
    Label next = new Label("next");
    code.emit(Opcode.J, next);
    code.bind(next);
  }

  /** Loads an address into a register, from a literal that is jumped over. */
  private void literal(int register, Label label, int addend) {
    Label over = new Label("over");
    code.emit(Opcode.J, over);
    code.align(4);
    Label place = code.here("literal");
    code.address(label, addend);
    code.bind(over);
    code.emit(Opcode.L32R, place, register);
  }

  private void block() {
    for (int at = 0; at < BLOCK; at += 4) {
      boolean isFloat = at >= FLOATS && at < SPECIALS;
      code.data(at >= RESULTS ? 0 : isFloat ? floatBits() : integer(), 4);
    }
  }

  private int integer() {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextInt(8) - 4;
      case 1 -> 1 << random.nextInt(32);
      case 2 -> Integer.MIN_VALUE + random.nextInt(3) - 1;
      default -> random.nextInt();
    };
  }

  private int floatBits() {
    return switch (random.nextInt(10)) {
      case 0 -> random.nextInt();
      case 1 -> random.nextInt(4) << 30;
      case 2 -> 0x7f800000 | random.nextInt(2) << 31;
      case 3 -> 0x7fc00000 | random.nextInt(1 << 22);
      case 4 -> random.nextInt(1 << 23);
      default -> Float.floatToIntBits((random.nextFloat() - 0.5f) * (1 << random.nextInt(30)));
    };
  }

  private boolean isCarried(SpecialRegister register) {
    return hasFloats || register != SpecialRegister.BR;
  }

  /** Operands are random below; these opcodes need more than that, or tell of the machine. */
  private static boolean isUsable(Opcode opcode) {
    return switch (opcode) {
      case L32R, RSR, WSR, XSR, RUR, WUR, S32C1I, ILL_N -> false;
      case RECIP0_S, RSQRT0_S -> false;
      default ->
          opcode.flow() == Flow.NEXT || opcode.flow() == Flow.BRANCH || opcode.flow() == Flow.LOOP;
    };
  }

  private void random(Opcode opcode) {
    switch (opcode) {
      case QUOU, QUOS, REMU, REMS -> division(opcode);
      case LOOP, LOOPNEZ, LOOPGTZ -> loop(opcode);
      case L8UI, S8I -> access(opcode, 1);
      case L16UI, L16SI, S16I -> access(opcode, 2);
      case L32I, S32I, L32AI, S32RI, LSI, SSI -> access(opcode, 4);
      case L32I_N, S32I_N, S32NB, LSIP, SSIP -> pointer(opcode, 4);
      case LSX, SSX, LSXP, SSXP -> indexed(opcode);
      default -> {
        if (opcode.mnemonic().endsWith("ldinc") || opcode.mnemonic().endsWith("lddec")) {
          mac(opcode);
        } else if (opcode.flow() == Flow.BRANCH) {
          branch(opcode);
        } else {
          code.emit(opcode, operands(opcode));
          if (confusesQemu(opcode)) {
            translationBoundary();
          }
        }
      }
    }
  }

  private void simple() {
    Opcode opcode = opcodes.get(random.nextInt(opcodes.size()));
    while (opcode.flow() != Flow.NEXT) {
      opcode = opcodes.get(random.nextInt(opcodes.size()));
    }
    random(opcode);
  }

  private void division(Opcode opcode) {
    int[] operands = operands(opcode);
    operands[2] = target();
    Label ok = new Label("ok");
    code.emit(Opcode.BNEZ, ok, operands[2]);
    code.emit(Opcode.MOVI, operands[2], 1 + random.nextInt(1000));
    code.bind(ok);
    code.emit(opcode, operands);
  }

  private void loop(Opcode opcode) {
    int counter = target();
    int lowest = opcode == Opcode.LOOP ? 1 : opcode == Opcode.LOOPNEZ ? 0 : -2;
    code.emit(Opcode.MOVI, counter, lowest + random.nextInt(5));
    Label end = new Label("end");
    code.emit(opcode, end, counter);
    for (int i = random.nextInt(4); i >= 0; i--) {
      simple();
    }
    code.emit(Opcode.NOP);
    code.bind(end);
  }

  private void branch(Opcode opcode) {
    int[] operands = operands(opcode);
    Label label = new Label("skip");
    int[] others = Arrays.copyOf(operands, operands.length - 1);
    code.emit(opcode, label, others);
    for (int i = random.nextInt(3); i >= 0; i--) {
      simple();
    }
    code.bind(label);
  }

  /** Base register a1. */
  private void access(Opcode opcode, int size) {
    int register = isStore(opcode) || isFloat(opcode) ? random.nextInt(16) : target();
    code.emit(opcode, register, 1, random.nextInt(SCRATCH_SIZE / size) * size);
  }

  /** Another base register, and no offset to speak of. */
  private void pointer(Opcode opcode, int size) {
    int base = point(random.nextInt(SCRATCH_SIZE / size - 16) * size);
    int register = isStore(opcode) || isFloat(opcode) ? random.nextInt(16) : target();
    code.emit(opcode, register, base, random.nextInt(16) * 4);
  }

  private void indexed(Opcode opcode) {
    int index = target();
    int base = target();
    while (base == index) {
      base = target();
    }
    code.emit(Opcode.OR, base, 1, 1);
    code.emit(Opcode.MOVI, index, random.nextInt(SCRATCH_SIZE / 4) * 4);
    code.emit(opcode, random.nextInt(16), base, index);
  }

  private void mac(Opcode opcode) {
    int[] operands = operands(opcode);
    operands[1] = point(4 + random.nextInt(SCRATCH_SIZE / 4 - 2) * 4);
    code.emit(opcode, operands);
    translationBoundary();
  }

  /** A register that points {@code offset} bytes into the memory for loads and stores. */
  private int point(int offset) {
    int base = target();
    code.emit(Opcode.ADDI, base, 1, offset / 2 & ~3);
    code.emit(Opcode.ADDI, base, base, offset - (offset / 2 & ~3));
    return base;
  }

  private int[] operands(Opcode opcode) {
    List<Operand> kinds = opcode.operands();
    int[] values = new int[kinds.size()];
    for (int i = 0; i < values.length; i++) {
      boolean isWritten = opcode.access(i) != Opcode.Access.READ;
      boolean isTarget = kinds.get(i).kind() == Operand.Kind.ADDRESS && isWritten;
      values[i] = isTarget ? target() : value(kinds.get(i));
    }
    if (opcode == Opcode.EXTUI) {
      values[3] = 1 + random.nextInt(Math.min(16, 32 - values[2]));
    }
    if (opcode == Opcode.SLLI) {
      values[2] = 1 + random.nextInt(31);
    }
    if (opcode == Opcode.CONST_S) {
      values[1] = random.nextInt(4);
    }
    return values;
  }

  /** A random value the operand can hold; labels are replaced by the caller. */
  private int value(Operand operand) {
    if (operand.kind() == Operand.Kind.LABEL) {
      return code.address() + 4;
    }
    int value = random.nextInt(1 << 12) - (1 << 11);
    while (!operand.accepts(value, code.address())) {
      value = random.nextInt(4) == 0 ? 1 << random.nextInt(17) : random.nextInt(512) - 256;
    }
    return value;
  }

  /** See {@link #translationBoundary}. */
  private static boolean confusesQemu(Opcode opcode) {
    return switch (opcode) {
      case SSL, SSA8B -> true;
      default ->
          !opcode.operands().isEmpty() && opcode.operands().get(0).kind() == Operand.Kind.BOOLEAN;
    };
  }

  /** An address register other than a1. */
  private int target() {
    int register = random.nextInt(15);
    return register == 0 ? 0 : register + 1;
  }

  private static boolean isStore(Opcode opcode) {
    return opcode.access(0) == Opcode.Access.READ;
  }

  private static boolean isFloat(Opcode opcode) {
    return opcode.option() == Option.FLOAT;
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import mirage.emulator.bus.AddressSpace;
import mirage.xtensa.Instruction;
import mirage.xtensa.Opcode;
import mirage.xtensa.UserRegister;

/** Dispatches the instructions the interpreter leaves to the units of the core. */
final class Units {
  private static final int REGION_MASK = 0xe0000000;
  private static final int REGION_HIT = 1;

  private final State state;
  private final AddressSpace space;
  private final ExceptionUnit exceptions;
  private final WindowUnit windows;
  private final BooleanUnit booleans;
  private final FloatUnit floats;
  private final MacUnit mac;
  private final SpecialRegisters registers;
  private final int[] dataRegions = new int[8];
  private final int[] codeRegions = new int[8];
  private final int[] external = new int[1 << 10];
  private Runnable simcall = () -> {};

  Units(
      State state,
      AddressSpace space,
      ExceptionUnit exceptions,
      WindowUnit windows,
      SpecialRegisters registers) {
    this.state = state;
    this.space = space;
    this.exceptions = exceptions;
    this.windows = windows;
    this.registers = registers;
    this.booleans = new BooleanUnit(state);
    this.floats = new FloatUnit(state, space, booleans);
    this.mac = new MacUnit(state, space);
  }

  void onSimcall(Runnable handler) {
    simcall = handler;
  }

  /** Runs an instruction at {@code pc}; returns where control goes. */
  int execute(Instruction i, int pc, int next) {
    switch (i.opcode().option()) {
      case WINDOW -> {
        return windows.execute(i, pc, next);
      }
      case BOOLEAN -> {
        return booleans.execute(i, next);
      }
      case EXCEPTION, INTERRUPT, DEBUG, DENSITY -> {
        return exception(i, pc, next);
      }
      case CORE -> registers.execute(i);
      case FLOAT -> floats.execute(i);
      case MAC16 -> mac.execute(i);
      case CONDITIONAL_STORE -> compareAndStore(i);
      case REGION_PROTECTION -> regions(i);
      case EXTERNAL_REGISTERS, GPIO -> others(i);
      default -> throw new IllegalStateException(i.toString());
    }
    return next;
  }

  private int exception(Instruction i, int pc, int next) {
    if (i.opcode() == Opcode.SIMCALL) {
      simcall.run();
      return next;
    }
    return exceptions.execute(i, pc, next);
  }

  /** Stores if memory holds what SCOMPARE1 holds; the register gets what memory held. */
  private void compareAndStore(Instruction i) {
    int address = state.a[i.b()] + i.c();
    int old = space.load32(address);
    if (old == state.scompare1) {
      space.store32(address, state.a[i.a()]);
    }
    state.a[i.a()] = old;
  }

  /** Region attributes are kept, not enforced (ISA manual, section 4.6.3). */
  private void regions(Instruction i) {
    int[] a = state.a;
    switch (i.opcode()) {
      case WDTLB -> dataRegions[a[i.b()] >>> 29] = a[i.a()] & 15;
      case WITLB -> codeRegions[a[i.b()] >>> 29] = a[i.a()] & 15;
      case RDTLB0, RITLB0 -> a[i.a()] = a[i.b()] & REGION_MASK;
      case RDTLB1 -> a[i.a()] = a[i.b()] & REGION_MASK | dataRegions[a[i.b()] >>> 29];
      case RITLB1 -> a[i.a()] = a[i.b()] & REGION_MASK | codeRegions[a[i.b()] >>> 29];
      case PDTLB, PITLB -> a[i.a()] = a[i.b()] & REGION_MASK | REGION_HIT;
      case IDTLB, IITLB -> {}
      default -> throw new IllegalStateException(i.toString());
    }
  }

  private void others(Instruction i) {
    int[] a = state.a;
    int expstate = UserRegister.EXPSTATE.number();
    int[] user = state.user;
    switch (i.opcode()) {
      case RER -> a[i.a()] = external[a[i.b()] >>> 2 & external.length - 1];
      case WER -> external[a[i.b()] >>> 2 & external.length - 1] = a[i.a()];
      case READ_IMPWIRE -> a[i.a()] = 0;
      case SETB_EXPSTATE -> user[expstate] |= 1 << i.a();
      case CLRB_EXPSTATE -> user[expstate] &= ~(1 << i.a());
      case WRMSK_EXPSTATE -> user[expstate] = a[i.a()] & a[i.b()];
      default -> throw new IllegalStateException(i.toString());
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import mirage.emulator.Esp32;
import mirage.emulator.Outcome;
import mirage.emulator.bus.AccessFault;
import mirage.xtensa.SpecialRegister;

/** The chip a program runs on, seen by a debugger. Programs run on the first core. */
final class Machine {
  private static final int PRO = 0;
  private static final int RETURN_ADDRESS = 0;
  private static final int STACK_POINTER = 1;

  /** Arguments of {@code fault_report}: where the program was, and its stack pointer. */
  private static final int FAULT_PC = 3;

  private static final int FAULT_SP = 5;

  private final Esp32 chip;
  private volatile boolean interrupted;
  private Position position;

  /** Where a program is that an exception has ended. */
  private record Position(int pc, int sp, int returnAddress) {}

  Machine(Esp32 chip) {
    this.chip = chip;
  }

  /** The program is where the exception happened that the C function {@code fault_report} is about to tell of. */
  void fault() {
    int returnAddress = chip.cpu(PRO).special(SpecialRegister.EXCSAVE1);
    position = new Position(register(FAULT_PC), register(FAULT_SP), returnAddress);
  }

  int pc() {
    return position == null ? chip.cpu(PRO).pc() : position.pc();
  }

  int register(int number) {
    return chip.cpu(PRO).register(number);
  }

  int sp() {
    return position == null ? register(STACK_POINTER) : position.sp();
  }

  int returnAddress() {
    return position == null ? register(RETURN_ADDRESS) : position.returnAddress();
  }

  /** Whether the program waits for an interrupt. */
  boolean waits() {
    return chip.cpu(PRO).isWaiting();
  }

  /** The word at an address; nothing where there is no memory. */
  Optional<Integer> word(int address) {
    return bytes(address, 4)
        .map(bytes -> ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt());
  }

  /** Memory as it is; nothing where there is none. */
  Optional<byte[]> bytes(int address, int length) {
    try {
      return Optional.of(chip.space(PRO).peek(address, length));
    } catch (AccessFault e) {
      return Optional.empty();
    }
  }

  /** One instruction; {@link Outcome.Kind#BREAKPOINT} when it was done. */
  Outcome step() {
    return interrupted ? stopped() : chip.stepInstruction(PRO, Long.MAX_VALUE);
  }

  /** Until a breakpoint or the end. */
  Outcome run() {
    return interrupted ? stopped() : chip.run(Long.MAX_VALUE);
  }

  private static Outcome stopped() {
    return new Outcome(Outcome.Kind.STOPPED, 0, "");
  }

  /** Ends {@link #run} soon, and all runs and steps behind it; on any thread. */
  void interrupt() {
    interrupted = true;
    chip.stop();
  }

  /** Lets it run again after an interruption. */
  void resume() {
    interrupted = false;
  }

  void breakpoint(int address, boolean wanted) {
    chip.setBreakpoint(address, wanted);
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import mirage.emulator.Esp32;
import mirage.emulator.Outcome;
import mirage.emulator.bus.AccessFault;

/** The machine a program runs on, seen by a debugger. Programs run on the first core. */
final class Chip {
  private static final int PRO = 0;
  private static final int RETURN_ADDRESS = 0;
  private static final int STACK_POINTER = 1;

  private final Esp32 machine;

  Chip(Esp32 machine) {
    this.machine = machine;
  }

  int pc() {
    return machine.cpu(PRO).pc();
  }

  int register(int number) {
    return machine.cpu(PRO).register(number);
  }

  int sp() {
    return register(STACK_POINTER);
  }

  int returnAddress() {
    return register(RETURN_ADDRESS);
  }

  /** The word at an address; nothing where there is no memory. */
  Optional<Integer> word(int address) {
    return bytes(address, 4)
        .map(bytes -> ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt());
  }

  /** Memory as it is; nothing where there is none. */
  Optional<byte[]> bytes(int address, int length) {
    try {
      return Optional.of(machine.space(PRO).peek(address, length));
    } catch (AccessFault e) {
      return Optional.empty();
    }
  }

  /** One instruction. */
  Outcome step() {
    return machine.stepInstruction(PRO, Long.MAX_VALUE);
  }

  /** Until a breakpoint or the end. */
  Outcome run() {
    return machine.run(Long.MAX_VALUE);
  }

  void breakpoint(int address, boolean wanted) {
    machine.setBreakpoint(address, wanted);
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.write;

import java.util.ArrayList;
import java.util.List;
import mirage.backend.machine.register.Frame;
import mirage.backend.machine.target.Location;
import mirage.backend.machine.target.Registers;
import mirage.backend.machine.text.Assembly;
import mirage.xtensa.Opcode;

/** Moves that happen at once, written one after the other. */
final class Moves {
  private record Move(Location to, Location from) {}

  private final Assembly out;
  private final Frame frame;
  private final List<Move> pending = new ArrayList<>();

  Moves(Assembly out, Frame frame) {
    this.out = out;
    this.frame = frame;
  }

  void add(Location to, Location from) {
    if (!to.equals(from)) {
      pending.add(new Move(to, from));
    }
  }

  void write() {
    while (!pending.isEmpty()) {
      Move free = pending.stream().filter(move -> !isSource(move.to())).findFirst().orElse(null);
      if (free != null) {
        pending.remove(free);
        one(free);
      } else {
        // A cycle: its first value waits in the scratch register.
        Move first = pending.get(0);
        Location waiting = new Location.Register(Registers.SCRATCH);
        one(new Move(waiting, first.to()));
        pending.replaceAll(
            move -> move.from().equals(first.to()) ? new Move(move.to(), waiting) : move);
      }
    }
  }

  private boolean isSource(Location location) {
    return pending.stream().anyMatch(move -> move.from().equals(location));
  }

  private void one(Move move) {
    if (move.to() instanceof Location.Register to) {
      load(to.number(), move.from());
    } else {
      Location.Slot to = (Location.Slot) move.to();
      int register = Registers.SCRATCH2;
      int address = Registers.SCRATCH2;
      if (move.from() instanceof Location.Register from) {
        register = from.number();
      } else {
        load(register, move.from());
        // A value may be waiting in the other one; the return address is in the frame.
        address = Registers.RETURN_ADDRESS;
      }
      out.access(Opcode.S32I, register, Registers.STACK_POINTER, frame.spill(to.number()), address);
    }
  }

  private void load(int register, Location from) {
    if (from instanceof Location.Register source) {
      out.copy(register, source.number());
    } else if (from instanceof Location.Slot slot) {
      out.access(
          Opcode.L32I, register, Registers.STACK_POINTER, frame.spill(slot.number()), register);
    } else {
      out.move(register, ((Location.Constant) from).word());
    }
  }
}

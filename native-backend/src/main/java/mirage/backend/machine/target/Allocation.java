// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.target;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import mirage.backend.ir.Var;

/** Where each variable of a function is. */
public final class Allocation {
  private final Map<Var, Location> locations = new HashMap<>();
  private final Set<Var> slots = new HashSet<>();
  private int slotCount;

  public void place(Var var, Location location) {
    locations.put(var, location);
    if (location instanceof Location.Slot slot) {
      slotCount = Math.max(slotCount, slot.number() + 1);
    }
  }

  /** The variable lives in the frame; which word is decided later. */
  public void addSlot(Var var) {
    slots.add(var);
  }

  public boolean isSlot(Var var) {
    return slots.contains(var);
  }

  /** Those that live in the frame. */
  public Set<Var> slots() {
    return slots;
  }

  /** Whether the variable stands for a constant, which is made where it is used. */
  public boolean isConstant(Var var) {
    return locations.get(var) instanceof Location.Constant;
  }

  /** Whether the variable is to be given a register. */
  public boolean wantsRegister(Var var) {
    return !slots.contains(var) && !isConstant(var);
  }

  /** Null when the variable is defined but never used. */
  public Location of(Var var) {
    return locations.get(var);
  }

  public int slotCount() {
    return slotCount;
  }
}

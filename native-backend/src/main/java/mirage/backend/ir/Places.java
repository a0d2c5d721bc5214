// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where instructions come from. A place is the index of a bytecode instruction or, from the length of the bytecode on,
 * the number of an instruction that was put into another function together with the call that it replaced. -1 is no
 * place.
 */
public final class Places {
  private record Inlined(int pc, int caller) {}

  private final int codeLength;
  private final List<Inlined> inlined = new ArrayList<>();
  private final Map<Inlined, Integer> numbers = new HashMap<>();

  /**
   * @param codeLength words of the program's bytecode
   */
  public Places(int codeLength) {
    this.codeLength = codeLength;
  }

  /**
   * The place of an instruction that is moved into the caller of its function.
   *
   * @param place of the instruction
   * @param call place of the call
   */
  public int inlined(int place, int call) {
    if (place < 0 || call < 0) {
      return place;
    }
    if (place < codeLength) {
      return number(new Inlined(place, call));
    }
    Inlined inner = inlined.get(place - codeLength);
    return number(new Inlined(inner.pc(), inlined(inner.caller(), call)));
  }

  private int number(Inlined place) {
    return numbers.computeIfAbsent(
        place,
        p -> {
          inlined.add(p);
          return codeLength + inlined.size() - 1;
        });
  }

  /** Bytecode instructions: the one at the place, then the calls it is inlined at, innermost first. */
  public List<Integer> instructions(int place) {
    List<Integer> pcs = new ArrayList<>();
    int at = place;
    while (at >= codeLength) {
      pcs.add(inlined.get(at - codeLength).pc());
      at = inlined.get(at - codeLength).caller();
    }
    if (at >= 0) {
      pcs.add(at);
    }
    return pcs;
  }
}

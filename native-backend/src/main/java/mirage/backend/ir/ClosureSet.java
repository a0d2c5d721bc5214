// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Functions defined together: one heap block holds a closure for each and what they capture. Each set is
 * its own; two are never equal.
 */
public final class ClosureSet implements Immediate {
  private final List<Function> functions;

  /** Keeps the list, which the caller may still fill. */
  public ClosureSet(List<Function> functions) {
    this.functions = functions;
  }

  public List<Function> functions() {
    return functions;
  }

  @Override
  public String toString() {
    return functions.stream().map(Function::name).collect(Collectors.joining(","));
  }
}

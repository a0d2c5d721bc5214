// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.List;
import java.util.stream.Collectors;

/** Functions defined together: one heap block holds a closure for each and what they capture. */
public record ClosureSet(List<Function> functions) {
  @Override
  public String toString() {
    return functions.stream().map(Function::name).collect(Collectors.joining(","));
  }
}

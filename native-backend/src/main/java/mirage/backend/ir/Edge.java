// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A way into a block, with the values of its parameters. */
public record Edge(Block target, Var... args) {
  /** The same with the value of one more parameter. */
  public Edge with(Var value) {
    Var[] more = Arrays.copyOf(args, args.length + 1);
    more[args.length] = value;
    return new Edge(target, more);
  }

  @Override
  public String toString() {
    return target.label()
        + Arrays.stream(args).map(Var::toString).collect(Collectors.joining(", ", "(", ")"));
  }
}

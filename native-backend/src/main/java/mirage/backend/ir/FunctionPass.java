// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.function.Consumer;

/**
 * A pass that looks at one function at a time.
 *
 * @param name name for {@code --dump}
 * @param rewrite rewrites a function in place
 */
public record FunctionPass(String name, Consumer<Function> rewrite) implements Pass {
  @Override
  public void run(Program program) {
    program.functions().forEach(rewrite);
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

/** One rewriting of a program. */
public interface Pass {
  /** Name for {@code --dump}. */
  String name();

  /** Rewrites the program in place. */
  void run(Program program);
}

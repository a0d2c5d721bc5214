// SPDX-License-Identifier: Apache-2.0
package mirage.config.configure;

import java.nio.file.Path;
import mirage.config.graph.ConfigProgram;

/** Makes config.ml a program that can be asked. */
@FunctionalInterface
public interface ConfigPrograms {
  /**
   * Compiles a config.ml, unless that was done before.
   *
   * @param configMl the file, absolute
   * @throws mirage.tools.MirageException with the compiler's message when it has an error
   */
  ConfigProgram compile(Path configMl);
}

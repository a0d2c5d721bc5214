// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import mirage.config.graph.KeyOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command that takes the unikernel's own keys. */
abstract class Keyed implements Callable<Integer> {
  @Mixin KeyedOptions given = new KeyedOptions();

  @ParentCommand RootCommand root;

  @Spec CommandSpec spec;

  private final List<KeyOption> known;

  /**
   * @param known the keys whose options were added to this command
   */
  Keyed(List<KeyOption> known) {
    this.known = known;
  }

  /** The values given for keys. */
  Map<String, List<String>> keys() {
    return KeyCommandLine.values(spec.commandLine().getParseResult(), known);
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Stands in the list of commands; {@code help X ...} is turned into {@code X ... --help} before. */
@Command(
    name = "help",
    description = "Shows the help of a command, with the unikernel's own keys.",
    customSynopsis = "mirage help [COMMAND]",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {"  mirage help configure", "  mirage help configure samples/hello-key"})
final class HelpCommand implements Runnable {
  @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command.")
  String command;

  @ParentCommand RootCommand root;

  @Override
  public void run() {
    root.run();
  }
}

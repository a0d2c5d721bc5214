// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import mirage.config.project.Manifest;
import mirage.config.project.Unikernel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "size",
    description =
        "Shows what takes flash and RAM, by library and module, after building if needed.",
    customSynopsis = "mirage size [OPTION]... [DIR]",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {"  mirage size", "  mirage size -o size.html samples/hello"})
final class SizeCommand implements Callable<Integer> {
  @Mixin FolderOption given = new FolderOption();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where the drawing is written (dist/NAME.html).")
  Path output;

  @ParentCommand RootCommand root;

  @Override
  public Integer call() {
    Workflow workflow = new Workflow(root);
    Unikernel unikernel = workflow.find(given.folder);
    Manifest manifest = workflow.build(unikernel);
    return 0;
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import mirage.config.action.Action;
import mirage.config.action.Plan;
import mirage.config.build.BuildRecord;
import mirage.config.project.Manifest;
import mirage.config.project.Unikernel;
import mirage.tools.MirageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "clean",
    description = {
      "Deletes what configure and build made; only the sources stay.",
      "Files that mirage did not make are never deleted."
    },
    customSynopsis = "mirage clean [OPTION]... [DIR]",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {"  mirage clean", "  mirage clean --dry-run samples/hello"})
final class CleanCommand implements Callable<Integer> {
  /** In {@code mirage/}. */
  private static final List<String> GENERATED =
      List.of(
          "main.ml",
          "key_gen.ml",
          "info_gen.ml",
          "device_check.ml",
          "pom.xml",
          "manifest.json",
          "config.json",
          "build.json");

  @Mixin FolderOption given = new FolderOption();

  @ParentCommand RootCommand root;

  @Override
  public Integer call() {
    Workflow workflow = new Workflow(root);
    Unikernel unikernel = workflow.place(given.folder);
    List<Action> actions = new ArrayList<>();
    if (unikernel.configured()) {
      hooks(workflow, unikernel, actions);
    }
    BuildRecord.read(unikernel)
        .results()
        .keySet()
        .forEach(file -> actions.add(new Action.DeleteTree(file)));
    if (Files.isRegularFile(unikernel.manifest())) {
      Path page = SizeCommand.page(unikernel, Manifest.read(unikernel.manifest()));
      actions.add(new Action.DeleteTree(page));
    }
    actions.add(new Action.DeleteEmptyFolder(unikernel.dist()));
    GENERATED.stream()
        .map(unikernel.generated()::resolve)
        .forEach(file -> actions.add(new Action.DeleteFile(file)));
    actions.add(new Action.DeleteTree(unikernel.objects()));
    actions.add(new Action.DeleteEmptyFolder(unikernel.generated()));
    workflow.carryOut(new Plan(actions));
    return 0;
  }

  /** A config.ml that is broken now must not keep anybody from cleaning. */
  private static void hooks(Workflow workflow, Unikernel unikernel, List<Action> actions) {
    try {
      actions.add(
          workflow
              .configurator()
              .cleanHooks(
                  unikernel, workflow.saved(unikernel), Manifest.read(unikernel.manifest())));
    } catch (MirageException e) {
      workflow.terminal().warning("the clean hooks of config.ml are left out: " + e.getMessage());
    }
  }
}

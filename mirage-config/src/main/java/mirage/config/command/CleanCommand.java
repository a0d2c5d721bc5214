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
import mirage.config.generate.Marker;
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
      tried(
          workflow,
          "the clean hooks of config.ml are left out",
          () -> actions.add(hooks(workflow, unikernel)));
    }
    results(workflow, unikernel, actions);
    actions.add(new Action.DeleteEmptyFolder(unikernel.dist()));
    for (String name : GENERATED) {
      Path file = unikernel.generated().resolve(name);
      actions.add(new Action.DeleteFile(file));
      if (Files.exists(file) && !Marker.in(file)) {
        workflow.terminal().warning(file + " stays: not made by mirage, or damaged; move it away");
      }
    }
    actions.add(new Action.DeleteTree(unikernel.objects()));
    actions.add(new Action.DeleteEmptyFolder(unikernel.generated()));
    workflow.carryOut(new Plan(actions));
    return 0;
  }

  private static void results(Workflow workflow, Unikernel unikernel, List<Action> actions) {
    BuildRecord record = BuildRecord.read(unikernel);
    if (record.equals(BuildRecord.NONE) && Files.isRegularFile(unikernel.buildRecord())) {
      workflow
          .terminal()
          .warning(
              "%s is damaged: results in %s are not known, and stay"
                  .formatted(unikernel.buildRecord(), unikernel.dist()));
    }
    record.results().keySet().forEach(file -> actions.add(new Action.DeleteTree(file)));
    if (Files.isRegularFile(unikernel.manifest())) {
      tried(
          workflow,
          "the drawing of sizes stays",
          () ->
              actions.add(
                  new Action.DeleteTree(
                      SizeCommand.page(unikernel, Manifest.read(unikernel.manifest())))));
    }
  }

  private static Action hooks(Workflow workflow, Unikernel unikernel) {
    return workflow
        .configurator()
        .cleanHooks(unikernel, workflow.saved(unikernel), Manifest.read(unikernel.manifest()));
  }

  /** What is broken now, config.ml or a file of ours, must not keep anybody from cleaning. */
  private static void tried(Workflow workflow, String otherwise, Runnable part) {
    try {
      part.run();
    } catch (MirageException e) {
      workflow.terminal().warning(otherwise + ": " + e.getMessage());
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mirage.config.action.Action;
import mirage.config.action.Plan;
import mirage.config.configure.Configurator;
import mirage.config.describe.Dot;
import mirage.config.describe.Svg;
import mirage.config.describe.TextDescription;
import mirage.config.graph.KeyOption;
import mirage.config.project.SavedConfiguration;
import mirage.config.project.Unikernel;
import mirage.config.resolve.Application;
import mirage.device.Target;
import mirage.tools.AtomicFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
    name = "describe",
    description = {
      "Shows a unikernel: keys, devices and who implements them.",
      "Describes the saved configuration, or what configure would choose with the given keys."
    },
    customSynopsis = "mirage describe [OPTION]... [KEY]... [DIR]",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mirage describe -v",
      "  mirage describe -o graph.svg samples/hello",
      "  mirage describe --dot -o graph.dot"
    })
final class DescribeCommand extends Keyed {
  @Option(names = "--dot", order = 2, description = "As a graph in Graphviz's language.")
  boolean dot;

  @Option(
      names = {"-o", "--output"},
      order = 3,
      paramLabel = "FILE",
      description =
          "Write to a file: FILE.svg a drawing of the devices, FILE.dot the graph, FILE.txt the text.")
  Path output;

  DescribeCommand(List<KeyOption> known) {
    super(known);
  }

  @Override
  public Integer call() {
    Workflow workflow = new Workflow(root);
    Form form = form();
    Unikernel unikernel = workflow.find(given.folder);
    Application application =
        workflow.configurator().resolve(unikernel, configuration(workflow, unikernel));
    String text = text(form, application, unikernel, workflow.terminal().verbose());
    if (output == null) {
      workflow.terminal().print(text);
    } else {
      Path file = root.environment.directory().resolve(output);
      workflow.carryOut(
          new Plan(List.of(new Action.Run("write " + file, () -> AtomicFiles.write(file, text)))));
    }
    return 0;
  }

  /** Keys given here are laid over the saved ones, unless another target is asked for. */
  private SavedConfiguration configuration(Workflow workflow, Unikernel unikernel) {
    Map<String, List<String>> keys = keys();
    return workflow
        .savedIfAny(unikernel)
        .filter(saved -> given.target(root.environment).map(saved.target()::equals).orElse(true))
        .map(saved -> saved.with(keys, given.implementations, Configurator.fingerprint(unikernel)))
        .orElseGet(() -> workflow.wanted(unikernel, given, keys, Target.ESP32));
  }

  /** What a description is written as. */
  private enum Form {
    TEXT,
    GRAPH,
    DRAWING
  }

  private Form form() {
    String name = output == null ? "" : output.getFileName().toString();
    int dot = name.lastIndexOf('.');
    Form byName =
        switch (dot < 0 ? "" : name.substring(dot)) {
          case ".svg" -> Form.DRAWING;
          case ".dot", ".gv" -> Form.GRAPH;
          case ".txt", "" -> this.dot ? Form.GRAPH : Form.TEXT;
          default ->
              throw misused(
                  "option --output: %s: expected a name that ends with .svg, .dot or .txt");
        };
    if (this.dot && byName == Form.DRAWING) {
      throw misused("option --output: %s is for a drawing, and --dot asks for the graph");
    }
    return byName;
  }

  private ParameterException misused(String message) {
    return new ParameterException(spec.commandLine(), message.formatted(output));
  }

  private static String text(
      Form form, Application application, Unikernel unikernel, boolean more) {
    return switch (form) {
      case GRAPH -> Dot.text(application);
      case DRAWING -> Svg.text(application);
      case TEXT ->
          TextDescription.text(
              application,
              unikernel.buildDirectory(),
              unikernel.result(application.name(), application.target()),
              more);
    };
  }
}

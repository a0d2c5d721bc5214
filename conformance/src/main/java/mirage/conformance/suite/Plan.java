// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a test does, as far as it can be done with the stock bytecode compiler and a chip.
 *
 * @param steps in order; empty when the test runs no program there
 * @param obstacle why there are no steps
 */
record Plan(List<Step> steps, Optional<String> obstacle) {

  /** What a step is about. */
  enum Kind {
    /** The bytecode compiler makes something on the host. */
    COMPILE,
    /** The program runs on the chip. */
    RUN,
    /** What it printed is compared with the reference. */
    CHECK
  }

  /** One step. */
  record Step(Kind kind, Variables variables) {}

  private static final String MESSAGES = "about the compiler's messages; no program is run";
  private static final String OCAMLOPT = "about the stock native compiler";
  private static final String LOADING = "needs dynamic loading";
  private static final String OTHER_SYSTEM = "for another operating system or processor";

  private static final String NATIVE_OPTIONS =
      "-inline \\S+|-unboxed-types|-O3|-classic-inlining|-unbox-closures\\S*|-rounds \\S+|-function-sections";

  /** Conditions that hold: of the compilers on the host, and of a chip of 32 bits. */
  private static final Set<String> HOLDS =
      Set.of(
          "arch32",
          "flat-float-array",
          "has_symlink",
          "hasstr",
          "hasunix",
          "libunix",
          "naked_pointers",
          "no-flambda",
          "not-bsd",
          "not-windows",
          "pass");

  /** Nothing to do: the steps do it themselves, or it is about messages. */
  private static final Set<String> NOTHING =
      Set.of("setup-ocamlc.byte-build-env", "check-ocamlc.byte-output");

  /** What cannot be done, and why. */
  private static final Map<String, String> OBSTACLES =
      Map.ofEntries(
          Map.entry("arch64", "only for 64-bit processors"),
          Map.entry("arch_amd64", OTHER_SYSTEM),
          Map.entry("arch_arm", OTHER_SYSTEM),
          Map.entry("arch_arm64", OTHER_SYSTEM),
          Map.entry("arch_i386", OTHER_SYSTEM),
          Map.entry("arch_power", OTHER_SYSTEM),
          Map.entry("asmgen", OCAMLOPT),
          Map.entry("bsd", OTHER_SYSTEM),
          Map.entry("cd", "about the compiler's files"),
          Map.entry("codegen", OCAMLOPT),
          Map.entry("compare-binary-files", "about the compiler's files"),
          Map.entry("copy", "about the compiler's files"),
          Map.entry("csharp-compiler", OTHER_SYSTEM),
          Map.entry("debugger", "about ocamldebug"),
          Map.entry("expect", "about the toplevel (expect test)"),
          Map.entry("file-exists", "about the compiler's files"),
          Map.entry("flambda", OCAMLOPT),
          Map.entry("function_sections", OCAMLOPT),
          Map.entry("hassysthreads", "needs system threads"),
          Map.entry("instrumented-runtime", "needs the instrumented runtime"),
          Map.entry("libwin32unix", OTHER_SYSTEM),
          Map.entry("macos", OTHER_SYSTEM),
          Map.entry("native-compiler", OCAMLOPT),
          Map.entry("native-dynlink", LOADING),
          Map.entry("no-flat-float-array", "for a compiler without flat float arrays"),
          Map.entry("no-shared-libraries", "for a compiler without shared libraries"),
          Map.entry("ocaml", "about the toplevel"),
          Map.entry("ocamldebug", "about ocamldebug"),
          Map.entry("ocamldoc", "about ocamldoc"),
          Map.entry("ocamlmklib", "about ocamlmklib"),
          Map.entry("ocamlobjinfo", "about ocamlobjinfo"),
          Map.entry("ocamlopt.byte", OCAMLOPT),
          Map.entry("ocamlopt.opt", OCAMLOPT),
          Map.entry("script", "takes a shell script"),
          Map.entry("setup-ocaml-build-env", "about the toplevel"),
          Map.entry("setup-ocamlc.opt-build-env", MESSAGES),
          Map.entry("setup-ocamlopt.byte-build-env", OCAMLOPT),
          Map.entry("setup-ocamlopt.opt-build-env", OCAMLOPT),
          Map.entry("setup-simple-build-env", "about the compiler's files"),
          Map.entry("shared-libraries", LOADING),
          Map.entry("skip", "always skipped"),
          Map.entry("toplevel", "about the toplevel"),
          Map.entry("windows", OTHER_SYSTEM));

  /** Plans a test; variables that the block does not set are those given. */
  static Plan of(TestBlock block, Variables initial) {
    Builder builder = new Builder();
    Variables root = initial.apply(block.statements());
    if (block.nodes().isEmpty()) {
      builder.program(root);
    }
    block.nodes().forEach(node -> builder.visit(node, root));
    return builder.plan();
  }

  /** Walks the nodes in ocamltest's order. */
  private static final class Builder {
    private final List<Step> steps = new ArrayList<>();
    private final List<Step> nativeSteps = new ArrayList<>();
    private final List<String> obstacles = new ArrayList<>();

    void visit(TestBlock.Node node, Variables outer) {
      Variables variables = outer.apply(node.statements());
      for (String modifier : node.modifiers()) {
        variables = variables.include(modifier);
      }
      String name = node.name();
      switch (name) {
        case "bytecode" -> program(variables);
        case "native" -> program(variables, nativeSteps);
        case "ocamlc.byte" -> steps.add(new Step(Kind.COMPILE, variables));
        case "run" -> steps.add(new Step(Kind.RUN, variables));
        case "check-program-output" -> steps.add(new Step(Kind.CHECK, variables));
        default -> {
          if (!HOLDS.contains(name) && !NOTHING.contains(name)) {
            obstacles.add(OBSTACLES.getOrDefault(name, "takes the step '" + name + "'"));
            return;
          }
        }
      }
      for (TestBlock.Node child : node.children()) {
        visit(child, variables);
      }
    }

    void program(Variables variables) {
      program(variables, steps);
    }

    private static void program(Variables variables, List<Step> steps) {
      for (Kind kind : Kind.values()) {
        steps.add(new Step(kind, variables));
      }
    }

    Plan plan() {
      if (runs(steps)) {
        return new Plan(List.copyOf(steps), Optional.empty());
      }
      if (runs(nativeSteps)) {
        return new Plan(nativeSteps.stream().map(Builder::forBytecode).toList(), Optional.empty());
      }
      boolean compiles = steps.stream().anyMatch(step -> step.kind() == Kind.COMPILE);
      String why = compiles || obstacles.isEmpty() ? MESSAGES : obstacles.get(0);
      return new Plan(List.of(), Optional.of(why));
    }

    /** Options that only the native compiler has change nothing of what a program does. */
    private static Step forBytecode(Step step) {
      String flags = step.variables().find("flags").orElse("");
      return new Step(
          step.kind(), step.variables().with("flags", flags.replaceAll(NATIVE_OPTIONS, "")));
    }

    private static boolean runs(List<Step> steps) {
      return steps.stream().anyMatch(step -> step.kind() == Kind.RUN);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.opam.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import mirage.opam.packages.Sexp;
import mirage.opam.packages.Sexp.Form;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/**
 * The dune files of a copy of a package's source, made ready for a target that lacks what some of its
 * parts need: every library that would be installed becomes optional, and programs are not installed.
 */
final class DuneProject {
  private final SortedMap<String, List<String>> libraries = new TreeMap<>();

  private DuneProject() {}

  /** Changes the dune files below a folder. */
  static DuneProject prepare(Path root) throws IOException {
    DuneProject project = new DuneProject();
    for (Path file : files(root)) {
      project.prepareFile(file);
    }
    return project;
  }

  /**
   * The libraries that the files declare, by the name they would be installed under, with what each
   * needs; alternatives ({@code select}) left out.
   */
  SortedMap<String, List<String>> libraries() {
    return libraries;
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.getFileName().toString().matches("dune(\\.inc)?"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  private void prepareFile(Path file) {
    String text = AtomicFiles.text(file);
    List<Form> forms;
    try {
      forms = Sexp.forms(text, file.toString());
    } catch (MirageException e) {
      // A program that prints the file, or a mistake: dune will say.
      return;
    }
    List<Edit> edits = new ArrayList<>();
    forms.forEach(form -> prepare(form, edits));
    StringBuilder changed = new StringBuilder(text);
    edits.sort((a, b) -> Integer.compare(b.start(), a.start()));
    edits.forEach(edit -> changed.replace(edit.start(), edit.end(), edit.text()));
    AtomicFiles.update(file, changed.toString());
  }

  private record Edit(int start, int end, String text) {
    static Edit remove(Form form) {
      return new Edit(form.start(), form.end(), "");
    }
  }

  private void prepare(Form form, List<Edit> edits) {
    switch (form.head()) {
      case "library" -> library(form, edits);
      case "executable", "executables" -> {
        if (form.field("public_name").isPresent() || form.field("public_names").isPresent()) {
          Stream.of("public_name", "public_names", "package")
              .flatMap(form::fields)
              .forEach(field -> edits.add(Edit.remove(field)));
        }
      }
      case "install" -> {
        if (form.word("section").filter(s -> s.matches("s?bin|man")).isPresent()) {
          edits.add(Edit.remove(form));
        }
      }
      case "subdir" ->
          form.items().stream()
              .filter(Form.class::isInstance)
              .forEach(inner -> prepare((Form) inner, edits));
      default -> {}
    }
  }

  private void library(Form form, List<Edit> edits) {
    Optional<String> name = form.word("public_name");
    if (name.isPresent()) {
      libraries.put(name.get(), form.field("libraries").map(Form::words).orElse(List.of()));
      if (form.field("optional").isEmpty()) {
        edits.add(new Edit(form.end() - 1, form.end() - 1, " (optional)"));
      }
    }
  }
}

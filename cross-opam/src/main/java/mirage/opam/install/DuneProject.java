// SPDX-License-Identifier: Apache-2.0
package mirage.opam.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import mirage.opam.packages.Sexp;
import mirage.opam.packages.Sexp.Form;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/**
 * The dune files of a copy of a package's source, made ready for a target that lacks what some of its
 * parts need: libraries that cannot be built are taken out, and programs are not installed.
 */
final class DuneProject {
  private final Predicate<String> available;
  private final List<Stanza> libraries = new ArrayList<>();
  private final Map<Path, List<Form>> files = new TreeMap<>();
  private final SortedMap<String, String> leftOut = new TreeMap<>();

  /**
   * A library's declaration.
   *
   * @param name that others in the project may know it by
   * @param installed that it would be installed under
   */
  private record Stanza(
      Form form, Optional<String> name, Optional<String> installed, List<String> needs) {
    static Stanza of(Form form) {
      return new Stanza(
          form,
          form.word("name"),
          form.word("public_name"),
          form.field("libraries").map(Form::words).orElse(List.of()));
    }

    boolean isNamed(String other) {
      return name.filter(other::equals).isPresent() || installed.filter(other::equals).isPresent();
    }
  }

  private record Edit(int start, int end, String text) {
    static Edit remove(Form form) {
      return new Edit(form.start(), form.end(), "");
    }
  }

  private DuneProject(Predicate<String> available) {
    this.available = available;
  }

  /**
   * Changes the dune files below a folder.
   *
   * @param available whether the target has a library that is not of the project
   */
  static DuneProject prepare(Path root, Predicate<String> available) throws IOException {
    DuneProject project = new DuneProject(available);
    try (Stream<Path> files = Files.walk(root)) {
      files
          .filter(file -> file.getFileName().toString().matches("dune(\\.inc)?"))
          .filter(Files::isRegularFile)
          .forEach(project::read);
    }
    List<Form> dropped = project.drop();
    project.files.forEach((file, forms) -> change(file, forms, dropped));
    return project;
  }

  /** What is not built, by the name it would be installed under, and what of its needs is not there. */
  SortedMap<String, String> leftOut() {
    return leftOut;
  }

  /** The source rewriters of the libraries that are built and installed. */
  SortedSet<String> rewriters() {
    SortedSet<String> rewriters = new TreeSet<>();
    libraries.stream()
        .filter(stanza -> stanza.installed().filter(name -> !leftOut.containsKey(name)).isPresent())
        .flatMap(stanza -> stanza.form().fields("preprocess"))
        .forEach(field -> rewriters(field, rewriters));
    return rewriters;
  }

  private static void rewriters(Form form, SortedSet<String> rewriters) {
    if (form.head().matches("(staged_)?pps")) {
      form.words().stream().filter(word -> !word.startsWith("-")).forEach(rewriters::add);
    }
    inner(form).forEach(inner -> rewriters(inner, rewriters));
  }

  private void read(Path file) {
    try {
      List<Form> forms = Sexp.forms(AtomicFiles.text(file), file.toString());
      files.put(file, forms);
      forms.forEach(this::collect);
    } catch (MirageException e) {
      // A program that prints the file, or a mistake: dune will say.
      files.remove(file);
    }
  }

  private void collect(Form form) {
    if (form.head().equals("library")) {
      libraries.add(Stanza.of(form));
    } else if (form.head().equals("subdir")) {
      inner(form).forEach(this::collect);
    }
  }

  private static Stream<Form> inner(Form form) {
    return form.items().stream().filter(Form.class::isInstance).map(Form.class::cast);
  }

  /** Takes out what needs something that is not there, and again what needs that. */
  private List<Form> drop() {
    List<Stanza> rest = new ArrayList<>(libraries);
    List<Form> dropped = new ArrayList<>();
    boolean more = true;
    while (more) {
      more = false;
      for (Stanza stanza : List.copyOf(rest)) {
        List<String> missing =
            stanza.needs().stream()
                .filter(need -> rest.stream().noneMatch(other -> other.isNamed(need)))
                .filter(
                    need ->
                        libraries.stream().anyMatch(l -> l.isNamed(need)) || !available.test(need))
                .toList();
        if (stanza.installed().isPresent() && !missing.isEmpty()) {
          rest.remove(stanza);
          dropped.add(stanza.form());
          leftOut.put(stanza.installed().get(), String.join(", ", missing));
          more = true;
        }
      }
    }
    return dropped;
  }

  private static void change(Path file, List<Form> forms, List<Form> dropped) {
    List<Edit> edits = new ArrayList<>();
    forms.forEach(form -> change(form, dropped, edits));
    edits.sort((a, b) -> Integer.compare(b.start(), a.start()));
    StringBuilder changed = new StringBuilder(AtomicFiles.text(file));
    edits.forEach(edit -> changed.replace(edit.start(), edit.end(), edit.text()));
    AtomicFiles.update(file, changed.toString());
  }

  private static void change(Form form, List<Form> dropped, List<Edit> edits) {
    if (dropped.stream().anyMatch(other -> other == form)) {
      edits.add(Edit.remove(form));
      return;
    }
    switch (form.head()) {
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
      case "subdir" -> inner(form).forEach(inner -> change(inner, dropped, edits));
      default -> {}
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.opam.install;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mirage.device.SourceFolder;
import mirage.opam.packages.KnownPackages;
import mirage.opam.packages.KnownPackages.Fact;
import mirage.tools.AtomicFiles;
import mirage.tools.Fingerprint;
import mirage.tools.SourceFolders;

/**
 * What is changed in the copy of a package's source before it is built, as {@code packages.tsv} says.
 *
 * @param overlay files of ours that take the place of its own
 * @param added folders of files that it is built with besides
 * @param edit some text of one of its files that is another for the chip
 */
record Changes(Optional<Overlay> overlay, List<SourceFolder> added, Optional<Edit> edit) {

  /** What the table says of a package. */
  static Changes of(String name) {
    return new Changes(
        KnownPackages.value(Fact.OVERLAY, name).map(Overlay::parse),
        KnownPackages.value(Fact.ADDED, name).stream()
            .flatMap(folders -> Stream.of(folders.split(" ")))
            .map(Changes::folder)
            .toList(),
        KnownPackages.value(Fact.EDIT, name).map(Edit::parse));
  }

  private static SourceFolder folder(String name) {
    return new SourceFolder(Changes.class, name);
  }

  /** Adds all that a build depends on. */
  void describe(Fingerprint.Builder inputs) {
    overlay.ifPresent(o -> inputs.folder(o.files()));
    added.forEach(inputs::folder);
    edit.ifPresent(e -> inputs.text(e.toString()));
  }

  /** Changes the copy in this folder. */
  void apply(Path work) {
    overlay.ifPresent(o -> o.apply(work));
    added.forEach(files -> add(files, work));
    edit.ifPresent(e -> e.apply(work));
  }

  private static void add(SourceFolder files, Path work) {
    for (String name : SourceFolders.names(files)) {
      Path file = work.resolve(name);
      boolean runs = Files.isExecutable(file);
      AtomicFiles.write(file, SourceFolders.read(files, name));
      file.toFile().setExecutable(runs);
    }
  }

  /**
   * Files that take the place of others.
   *
   * @param files the files
   * @param place the folder of the package's source that gets them
   */
  record Overlay(SourceFolder files, String place) {
    private static Overlay parse(String value) {
      String[] words = value.split(" ");
      return new Overlay(folder(words[0]), words[1]);
    }

    /** Replaces files that are there: a version of the package that lacks one has no use for it. */
    private void apply(Path work) {
      for (String name : SourceFolders.names(files)) {
        Path file = work.resolve(place).resolve(name);
        if (Files.exists(file)) {
          AtomicFiles.write(file, SourceFolders.read(files, name));
        }
      }
    }
  }

  /**
   * A text that takes the place of another.
   *
   * @param file where, in the package's source
   * @param before what is there
   * @param after what is to be there
   */
  record Edit(String file, String before, String after) {
    private static Edit parse(String value) {
      String[] parts = value.split(": | => ", 3);
      return new Edit(parts[0], parts[1], parts[2]);
    }

    /** A version of the package that does not have that text once is left as it is. */
    private void apply(Path work) {
      Path path = work.resolve(file);
      String text = AtomicFiles.text(path);
      int at = text.indexOf(before);
      if (at >= 0 && text.indexOf(before, at + 1) < 0) {
        AtomicFiles.write(
            path, text.substring(0, at) + after + text.substring(at + before.length()));
      }
    }
  }
}

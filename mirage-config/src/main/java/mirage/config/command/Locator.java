// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Path;
import java.util.List;
import mirage.config.graph.Problem;
import mirage.config.project.Unikernel;
import mirage.config.resolve.UserProblems;
import mirage.tools.AtomicFiles;

/** Finds the unikernel that a command line means. */
final class Locator {
  private static final String CONFIG = "config.ml";
  private static final String FOLDER = "a unikernel's folder, with its " + CONFIG;

  private Locator() {}

  /** Where the unikernel would be; whether it is there is not looked at. Each argument may be null. */
  static Unikernel place(Environment environment, Path folder, Path file, Path buildDirectory) {
    Path base = folder == null ? environment.directory() : environment.directory().resolve(folder);
    Path config = base.resolve(file == null ? Path.of(CONFIG) : file).toAbsolutePath().normalize();
    Path build =
        buildDirectory == null
            ? config.getParent()
            : base.resolve(buildDirectory).toAbsolutePath().normalize();
    return new Unikernel(config, build);
  }

  /**
   * The unikernel.
   *
   * @param programs what the command takes in place of a folder, for the message; may be empty
   * @throws UserProblems when there is no configuration file
   */
  static Unikernel find(
      Environment environment, Path folder, Path file, Path buildDirectory, String programs) {
    Unikernel unikernel = place(environment, folder, file, buildDirectory);
    if (!AtomicFiles.isFile(unikernel.config())) {
      folder(environment, folder, programs);
      throw missing(unikernel, folder, file);
    }
    return unikernel;
  }

  /**
   * Sees to it that what is named as a unikernel's folder is a folder.
   *
   * @param folder null for the current one
   */
  static void folder(Environment environment, Path folder, String programs) {
    Path place = folder == null ? environment.directory() : environment.directory().resolve(folder);
    if (!AtomicFiles.isFolder(place)) {
      throw misused(
          "argument " + folder,
          "%s %s; expected %s%s"
              .formatted(
                  place,
                  AtomicFiles.exists(place) ? "is no folder" : "does not exist",
                  FOLDER,
                  programs.isEmpty() ? "" : ", or " + programs));
    }
  }

  /**
   * Sees to it that a file that is named is there.
   *
   * @param expected what it should be, for the message
   */
  static void there(Environment environment, Path file, String expected) {
    Path place = environment.directory().resolve(file);
    if (!AtomicFiles.exists(place)) {
      throw misused("argument " + file, place + " does not exist; expected " + expected);
    }
  }

  private static UserProblems missing(Unikernel unikernel, Path folder, Path file) {
    String found = "no file " + unikernel.config();
    if (file != null) {
      return misused("option --file", found + "; expected a unikernel's configuration file");
    }
    return folder == null
        ? misused(
            "current folder", found + "; go to " + FOLDER + ", or name it: mirage COMMAND DIR")
        : misused("argument " + folder, found + "; expected " + FOLDER);
  }

  private static UserProblems misused(String where, String message) {
    return new UserProblems(List.of(new Problem(message, where)));
  }
}

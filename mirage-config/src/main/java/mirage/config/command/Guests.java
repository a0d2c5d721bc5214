// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mirage.config.project.Manifest;
import mirage.config.project.Unikernel;
import mirage.config.run.FleetRun.Guest;
import mirage.config.run.WifiArguments;
import mirage.emulator.net.NetworkOptions;
import mirage.emulator.net.Station;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Finds, and builds if needed, what is to run on several boards.
 *
 * @param line where wrong usage is reported
 * @param boot all that was typed behind the first {@code --}
 */
record Guests(Workflow workflow, CommandLine line, List<String> boot) {
  private static final String SEPARATOR = "--";

  /** A name, if one is typed, and the folder, image or executable. */
  private record Place(Optional<String> name, Path path) {}

  /** One for each of {@code places}, as they are typed. */
  List<Guest> of(List<Path> places, NetworkOptions around) {
    List<List<String>> arguments = arguments(places.size());
    List<Guest> guests = new ArrayList<>();
    Map<String, Path> names = new HashMap<>();
    for (int i = 0; i < places.size(); i++) {
      Place place = place(places.get(i));
      Optional<Guest> found = guest(place, arguments.get(i), around);
      if (found.isPresent()) {
        Guest guest = found.get();
        Path other = names.put(guest.name(), place.path());
        if (other != null) {
          throw twice(guest.name(), other, place.path());
        }
        guests.add(guest);
      }
    }
    return guests;
  }

  private ParameterException twice(String name, Path one, Path other) {
    return new ParameterException(
        line,
        "%s and %s are both named %s; give one another name: %s2=%s"
            .formatted(one, other, name, name, other));
  }

  /** Those of each board. */
  private List<List<String>> arguments(int boards) {
    List<List<String>> parts = new ArrayList<>(List.of(new ArrayList<>()));
    for (String word : boot) {
      if (word.equals(SEPARATOR)) {
        parts.add(new ArrayList<>());
      } else {
        parts.get(parts.size() - 1).add(word);
      }
    }
    if (parts.size() == 1) {
      return Collections.nCopies(boards, parts.get(0));
    }
    if (parts.size() != boards) {
      throw new ParameterException(
          line,
          "boot arguments for %d boards, and %d are to run; write one -- for all of them, or one for each"
              .formatted(parts.size(), boards));
    }
    return parts;
  }

  /** A path that exists is a path, whatever is in its name. */
  private Place place(Path typed) {
    String text = typed.toString();
    int equals = text.indexOf('=');
    boolean named = equals > 0 && !Files.exists(workflow.directory().resolve(typed));
    return named
        ? new Place(Optional.of(text.substring(0, equals)), Path.of(text.substring(equals + 1)))
        : new Place(Optional.empty(), typed);
  }

  /** Empty if it is not configured, and {@code --dry-run} keeps it so. */
  private Optional<Guest> guest(Place place, List<String> arguments, NetworkOptions around) {
    Optional<Path> image = workflow.program(place.path());
    if (image.isPresent()) {
      String name = place.name().orElseGet(() -> Station.nameOf(image.get()));
      return Optional.of(new Guest(name, image.get(), arguments));
    }
    Unikernel unikernel = workflow.find(place.path(), RunCommand.PROGRAMS);
    Optional<Manifest> built =
        workflow.buildForChip(unikernel, "several boards are emulated chips");
    return built.map(
        it ->
            new Guest(
                place.name().orElse(it.name()),
                unikernel.result(it.name(), it.target()),
                WifiArguments.added(arguments, it.keys().keySet(), around)));
  }
}

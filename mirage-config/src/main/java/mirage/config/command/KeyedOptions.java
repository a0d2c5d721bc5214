// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mirage.bindings.link.BackEnd;
import mirage.bindings.link.FlashPlan;
import mirage.config.project.FlashChoice;
import mirage.config.project.Targets;
import mirage.config.project.Unikernel;
import mirage.device.Target;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** What commands take that know a unikernel's keys. */
final class KeyedOptions {
  @Option(
      names = {"-t", "--target"},
      paramLabel = "TARGET",
      order = 0,
      description = "What to build for: esp32 or unix (esp32; environment variable MODE).")
  String target;

  @Option(
      names = "--impl",
      paramLabel = "KIND=NAME",
      order = 1,
      description = "Use this implementation for a device kind; see describe.")
  Map<String, String> implementations = new LinkedHashMap<>();

  @Mixin BackEndOption chosen = new BackEndOption();

  @Option(
      names = "--flash-size",
      paramLabel = "SIZE",
      converter = FlashSize.class,
      order = 3,
      description = "On the chip: 1MB, 2MB, 4MB, 8MB or 16MB of flash (4MB).")
  String flashSize;

  @Option(
      names = "--partitions",
      paramLabel = "FILE",
      order = 4,
      description =
          "On the chip: sizes of partitions, as CSV: name, type, subtype, offset (empty), size.")
  Path partitions;

  @Mixin PhyOption phy = new PhyOption();

  private static final class FlashSize implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!FlashPlan.CHIPS.contains(text)) {
        throw new TypeConversionException(
            "'%s': expected one of %s".formatted(text, String.join(", ", FlashPlan.CHIPS)));
      }
      return text;
    }
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "The unikernel's folder (the current folder).")
  Path folder;

  /** Names of those options that are typed. */
  List<String> typed() {
    List<String> typed = new ArrayList<>();
    if (target != null) {
      typed.add("--target");
    }
    if (!implementations.isEmpty()) {
      typed.add("--impl");
    }
    if (chosen.backEnd != null) {
      typed.add("--backend");
    }
    if (flashSize != null) {
      typed.add("--flash-size");
    }
    if (partitions != null) {
      typed.add("--partitions");
    }
    if (phy.file != null) {
      typed.add("--phy");
    }
    return typed;
  }

  /** The back end typed. */
  Optional<BackEnd> backEnd() {
    return Optional.ofNullable(chosen.backEnd);
  }

  /** What is typed about the flash. */
  FlashChoice flash(Environment environment, Unikernel unikernel) {
    return new FlashChoice(
        Optional.ofNullable(flashSize),
        Optional.ofNullable(partitions)
            .map(environment.directory()::resolve)
            .map(file -> unikernel.sources().relativize(file.normalize()).toString()));
  }

  /** The target typed, or named by the environment. */
  Optional<Target> target(Environment environment) {
    return Targets.chosen(Optional.ofNullable(target), environment.variables());
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mirage.emulator.net.NetworkOptions.Kind;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The options that say what the chip's Ethernet cable leads to: a mixin or a group of a command's options. */
public final class NetworkArguments {
  @Option(
      names = "--net",
      paramLabel = "user|none",
      converter = KindConverter.class,
      description =
          "What the Ethernet cable leads to: the host's network by the program passt, or nothing (none,"
              + " unless a port is published).")
  private Kind kind;

  @Option(
      names = "--publish",
      paramLabel = Publication.FORM,
      converter = PublicationConverter.class,
      description =
          "Let port HOST of this machine lead to port GUEST of the chip; may be repeated.")
  private List<Publication> published = new ArrayList<>();

  @Option(
      names = "--pcap",
      paramLabel = "FILE",
      description = "Record all frames on the Ethernet cable in FILE.")
  private Path capture;

  /** What was asked for; {@code line} is where a contradiction in it is reported as wrong usage. */
  public NetworkOptions options(CommandLine line) {
    try {
      Kind wanted = kind != null ? kind : published.isEmpty() ? Kind.NONE : Kind.USER;
      return new NetworkOptions(wanted, List.copyOf(published), Optional.ofNullable(capture));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, e.getMessage());
    }
  }

  /** Reads {@code --net}. */
  static final class KindConverter implements ITypeConverter<Kind> {
    @Override
    public Kind convert(String text) {
      for (Kind kind : Kind.values()) {
        if (kind.name().toLowerCase(Locale.ROOT).equals(text)) {
          return kind;
        }
      }
      throw new TypeConversionException(
          "'%s' is no network; there are user (the host's) and none".formatted(text));
    }
  }

  /** Reads {@code --publish}. */
  static final class PublicationConverter implements ITypeConverter<Publication> {
    @Override
    public Publication convert(String text) {
      try {
        return Publication.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
